package dev.foresail.predictor.scenario.fault;

import dev.foresail.network.random.RandomStream;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A fault that happens at a certain time. What it happens to is drawn when it does, of the nodes that are up then, from draws of its own:
 * so leaving out another fault does not change these. Immutable.
 *
 * @param at since the scenario's beginning
 * @param draw decides everything that this fault draws
 */
public record FaultOccurrence(FaultKind kind, Duration at, long draw) {
    /** The draws, from their beginning. */
    RandomGenerator random() {
        return RandomStream.of(draw, "fault");
    }
}
