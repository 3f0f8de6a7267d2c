package dev.foresail.predictor.simulate;

import java.io.Serializable;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Why a simulation was stopped whose protocol runs away.
 *
 * @param code of docs/errors: FS448, FS449 or FS450
 * @param node whose doing it is, for people
 * @param event what that node handled, or has caused, for people
 * @param seconds of virtual time
 * @param text all of it in a sentence, without the code
 */
public record Runaway(String code, String node, String event, double seconds, String text) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Memory has run out. */
    public static final String OUT_OF_MEMORY = "FS449";

    private static final String PENDING = "FS448";
    private static final String ONE_TIME = "FS450";

    /**
     * @param senders of what is pending
     * @param names of {@link PendingCount#culprit}
     */
    static Runaway pending(
            long pending, SimulationLimits limits, PendingCount senders, IntFunction<String> names, double seconds) {
        Culprit most = senders.culprit(names);
        return new Runaway(
                PENDING,
                most.node(),
                most.event(),
                seconds,
                String.format(
                        Locale.ROOT,
                        "%s floods the simulation at %.6f s: %,d events are pending, more than %,d;"
                                + " %,d of them are of one kind, %s, and %,d of these are of %s",
                        most.node(),
                        seconds,
                        pending,
                        limits.pendingEvents(),
                        senders.ofKind(),
                        most.event(),
                        senders.ofCulprit(),
                        most.node()));
    }

    /** @param last the last event of those at that time */
    static Runaway atOneTime(SimulationLimits limits, Culprit last, double seconds) {
        return new Runaway(
                ONE_TIME,
                last.node(),
                last.event(),
                seconds,
                String.format(
                        Locale.ROOT,
                        "%s keeps time from going on: more than %,d events have happened at %.9f s, the last of them %s",
                        last.node(),
                        limits.eventsAtOneTime(),
                        seconds,
                        last));
    }

    /** @param during whose event was handled */
    static Runaway outOfMemory(Culprit during, long pending, double seconds) {
        return new Runaway(
                OUT_OF_MEMORY,
                during.node(),
                during.event(),
                seconds,
                String.format(
                        Locale.ROOT,
                        "no memory is left at %.6f s, while this was handled: %s; %,d events are pending",
                        seconds,
                        during,
                        pending));
    }

    /** With more to say. */
    Runaway plus(String more) {
        return new Runaway(code, node, event, seconds, text + more);
    }

    /** For people, with the code. */
    public String line() {
        return "[" + code + "] " + text;
    }
}
