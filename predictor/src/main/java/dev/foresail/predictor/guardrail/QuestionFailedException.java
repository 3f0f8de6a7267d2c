package dev.foresail.predictor.guardrail;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * FS269: a property, a constraint, a history or the method that tells a node's neighbours threw or did not return, so that
 * nothing can be said of the world that it was asked of. The mistake is in what was asked, not in a handler.
 */
public final class QuestionFailedException extends RuntimeException {
    /** The diagnostic's stable code. */
    public static final String CODE = "FS269";

    private static final long serialVersionUID = 1L;

    private QuestionFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * @param question what was asked, such as {@code the property latch.oneHolds}
     * @param thrown what came of it
     * @param askedOf in words, perhaps empty
     */
    static QuestionFailedException of(String question, RuntimeException thrown, String askedOf) {
        String trouble = thrown.getCause() instanceof HandlerNeverReturnsError stopped
                ? " does not return: " + stopped.reason()
                : " fails: " + ThrownText.of(thrown);
        return new QuestionFailedException(
                "[" + CODE + "] " + question + trouble + (askedOf.isEmpty() ? "" : "; it was asked of " + askedOf),
                thrown);
    }

    /**
     * One that was seen from outside not to return.
     *
     * @param question what was asked, as far as that is known
     * @param reason what was seen
     */
    public static QuestionFailedException neverReturns(String question, String reason) {
        return new QuestionFailedException(
                "[" + CODE + "] " + question + " does not return: " + reason, new IllegalStateException(reason));
    }

    /** Whether a thread with this stack is in {@link GuardedRun#ask}. */
    public static boolean isAsked(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(GuardedRun.class.getName())
                        && frame.getMethodName().equals("ask"));
    }

    /** What {@code words} gives, or nothing when that fails too. */
    static String wordsOrNothing(Supplier<String> words) {
        try {
            return GuardedRun.step(() -> "a state in words", LoopGuard.DEFAULT_LIMIT, words);
        } catch (RuntimeException unspeakable) {
            return "";
        }
    }
}
