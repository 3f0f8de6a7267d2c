package dev.foresail.eval.microraft;

import dev.foresail.eval.microraft.Deployment.Flushing;
import java.time.Duration;

/**
 * The runs of one seed under faults.
 *
 * @param right with the store as it should be
 * @param again the same once more
 * @param late with a store that flushes late
 */
record FaultySeed(FaultyRun right, FaultyRun again, FaultyRun late) {
    static FaultySeed of(long seed, Duration length) {
        return new FaultySeed(
                FaultyRun.of(Flushing.AT_ONCE, seed, length),
                FaultyRun.of(Flushing.AT_ONCE, seed, length),
                FaultyRun.of(Flushing.LATE, seed, length));
    }

    /** Whether the same seed gave the same run. */
    boolean isRepeated() {
        return right.digest().equals(again.digest());
    }
}
