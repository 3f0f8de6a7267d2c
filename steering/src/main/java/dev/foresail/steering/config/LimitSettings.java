package dev.foresail.steering.config;

import dev.foresail.predictor.simulate.SimulationLimits;
import java.util.Optional;

/**
 * How far a simulated protocol may go before it counts as one that runs away. Immutable.
 *
 * @param pendingEvents how much may be pending at once, at least 1; empty for as much as usual
 * @param eventsAtOneTime how many events may happen at one time, at least 1; empty for as many as usual
 */
public record LimitSettings(Optional<Integer> pendingEvents, Optional<Integer> eventsAtOneTime) {
    /** The usual limits. */
    public static final LimitSettings USUAL = new LimitSettings(Optional.empty(), Optional.empty());

    /** The limits of so many nodes. */
    public SimulationLimits of(int nodes) {
        SimulationLimits usual = SimulationLimits.of(nodes);
        return new SimulationLimits(
                pendingEvents.map(Integer::longValue).orElse(usual.pendingEvents()),
                eventsAtOneTime.map(Integer::longValue).orElse(usual.eventsAtOneTime()));
    }
}
