package dev.foresail.steering.cluster.campaign;

import dev.foresail.predictor.campaign.SeedOutcome;

/** Plays seeds of one plan, several at a time where several threads ask. */
public interface SeedPlayer extends AutoCloseable {
    /** Plays one to its end, or until {@link #close}; throws whatever the plan's code throws. */
    SeedOutcome play(long seed);

    /** Runs are cut short from now on. */
    @Override
    void close();
}
