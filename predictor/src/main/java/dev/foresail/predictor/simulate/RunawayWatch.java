package dev.foresail.predictor.simulate;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks now and then whether what happens comes to an end: how much is pending, and whether time goes on. Not thread-safe.
 *
 * <p>Idea: whoever lets events happen counts them down, which costs next to nothing, and looks when it has counted to its end. Where
 * that is depends on the events alone, so a run is always stopped at the same one.
 */
final class RunawayWatch {
    /** After so many events it is looked. */
    private static final int USUALLY = 1024;

    private final Supplier<SimulationLimits> limits;
    private int every;
    private int left;
    private long lookedAtNanos = -1;
    private long atOneTime;

    /** @param limits asked whenever it is looked */
    RunawayWatch(Supplier<SimulationLimits> limits) {
        this.limits = limits;
    }

    /** A limit that was passed. */
    enum Passed {
        PENDING_EVENTS,
        EVENTS_AT_ONE_TIME
    }

    /** Another event has happened; whether it is time to {@link #look}. */
    boolean isDue() {
        return --left <= 0;
    }

    /** @param pending how much is pending */
    Optional<Passed> look(long nowNanos, long pending) {
        SimulationLimits most = limits.get();
        atOneTime = nowNanos == lookedAtNanos ? atOneTime + every : 0;
        lookedAtNanos = nowNanos;
        every = (int) Math.max(1, Math.min(USUALLY, Math.min(most.pendingEvents(), most.eventsAtOneTime()) / 2));
        left = every;
        if (pending > most.pendingEvents()) {
            return Optional.of(Passed.PENDING_EVENTS);
        }
        return atOneTime > most.eventsAtOneTime() ? Optional.of(Passed.EVENTS_AT_ONE_TIME) : Optional.empty();
    }
}
