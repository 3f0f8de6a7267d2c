package dev.foresail.eval.microraft;

import dev.foresail.eval.microraft.Deployment.Flushing;
import dev.foresail.steering.live.RealClock;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What came of many groups without faults.
 *
 * @param workers on how many it ran
 * @param secondsPerSecond simulated seconds by seconds
 * @param eventsPerSecond of real time
 * @param acknowledgements of operations, all in all
 * @param mistakes how many things are wrong
 */
record SpeedRun(
        int workers,
        String digest,
        double secondsPerSecond,
        double eventsPerSecond,
        long acknowledgements,
        int mistakes) {
    /** As by default, but that a log has room for thousands of entries, not for tens of thousands. */
    private static final RaftConfig RAFT = RaftConfig.newBuilder()
            .setCommitCountToTakeSnapshot(1000)
            .setMaxPendingLogEntryCount(1000)
            .build();

    /** @param executor runs the workers but one */
    static SpeedRun of(int groups, long seed, Duration length, int mostWorkers, Executor executor) {
        Deployment deployment = Deployment.ofThrees(groups, RAFT, Flushing.AT_ONCE);
        long startNanos = RealClock.nanos();
        RaftTrial trial = new RaftTrial(deployment, seed, mostWorkers, executor);
        trial.runUntil(length);
        double seconds = (RealClock.nanos() - startNanos) / 1e9;
        return new SpeedRun(
                trial.workers(),
                trial.digest(),
                length.toSeconds() / seconds,
                trial.events() / seconds,
                trial.acknowledgements(),
                trial.mistakes().size());
    }
}
