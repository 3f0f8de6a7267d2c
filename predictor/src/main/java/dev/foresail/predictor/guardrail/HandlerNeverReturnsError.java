package dev.foresail.predictor.guardrail;

import java.util.Optional;

/**
 * FS268: a handler or guard was stopped because it has made too many steps or called itself too deeply; of properties see
 * {@link QuestionFailedException}. An error rather than an exception, so that a handler's {@code catch (Exception e)} does not take it for one of its own.
 */
public final class HandlerNeverReturnsError extends Error {
    /** The diagnostic's stable code. */
    public static final String CODE = "FS268";

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Optional<StackTraceElement> place;

    private HandlerNeverReturnsError(String message, String reason, Optional<StackTraceElement> place) {
        super(message);
        this.reason = reason;
        this.place = place;
    }

    /**
     * @param reason what was too much
     * @param place where it was stopped, if that is known
     */
    static HandlerNeverReturnsError of(String reason, Optional<StackTraceElement> place) {
        return named("a handler", reason, place);
    }

    private static HandlerNeverReturnsError named(String what, String reason, Optional<StackTraceElement> place) {
        return new HandlerNeverReturnsError(
                "[" + CODE + "] " + what + " does not return: " + words(reason, place)
                        + "; bound the loop, or spread the work over several events",
                reason,
                place);
    }

    private static String words(String reason, Optional<StackTraceElement> place) {
        return reason + place.map(line -> " at " + line).orElse("");
    }

    /** What was too much, and where it was stopped. */
    String reason() {
        return words(reason, place);
    }

    /** The same, but it says what did not return; the stack trace is that of this one. */
    HandlerNeverReturnsError in(String what) {
        HandlerNeverReturnsError renamed = named(what, reason, place);
        renamed.setStackTrace(getStackTrace());
        return renamed;
    }

    /** Where it was stopped: a line in the endless loop, or in the method that calls itself. */
    public Optional<StackTraceElement> place() {
        return place;
    }
}
