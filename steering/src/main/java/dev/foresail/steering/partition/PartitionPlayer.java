package dev.foresail.steering.partition;

import dev.foresail.predictor.simulate.WindowExchange;

/** Plays a run, or one member's part of it. */
@FunctionalInterface
public interface PartitionPlayer {
    /**
     * Plays to the end, on the calling thread.
     *
     * @param workers how many threads each member has
     * @throws dev.foresail.predictor.simulate.WindowExchangeException when a member is lost
     * @throws dev.foresail.predictor.simulate.OneWorkerNeededException when it cannot be partitioned
     */
    void play(WindowExchange exchange, int workers);
}
