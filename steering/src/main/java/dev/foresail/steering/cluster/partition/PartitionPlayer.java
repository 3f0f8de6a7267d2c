package dev.foresail.steering.cluster.partition;

import dev.foresail.predictor.simulate.WindowExchange;

/** Plays one member's part of runs of one plan. */
@FunctionalInterface
public interface PartitionPlayer {
    /**
     * Plays to the end, on the calling thread.
     *
     * @throws dev.foresail.predictor.simulate.WindowExchangeException when a member is lost
     * @throws dev.foresail.predictor.simulate.OneWorkerNeededException when it cannot be partitioned
     */
    void play(WindowExchange exchange, long seed);
}
