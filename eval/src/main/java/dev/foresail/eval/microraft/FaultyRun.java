package dev.foresail.eval.microraft;

import dev.foresail.eval.microraft.Deployment.Flushing;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one group of three under faults.
 *
 * @param violated the properties that were violated, in the order in which it was seen
 * @param firstMistake what was seen first to be wrong; empty when nothing was
 * @param acknowledgements of operations, all in all
 * @param acknowledgedAtTheEnd of operations after the last fault was over
 */
record FaultyRun(
        long seed,
        String digest,
        List<String> violated,
        Optional<String> firstMistake,
        long acknowledgements,
        long acknowledgedAtTheEnd) {
    private static final int MEMBERS = 3;
    private static final double LOSS = 0.05;
    private static final Duration OPERATION_GAP = Duration.ofMillis(10);

    /** Quicker to notice a dead leader than by default, and with snapshots often: more happens in a minute. */
    private static final RaftConfig QUICK_TO_ELECT = RaftConfig.newBuilder()
            .setLeaderHeartbeatPeriodSecs(1)
            .setLeaderHeartbeatTimeoutSecs(2)
            .setLeaderElectionTimeoutMillis(500)
            .setCommitCountToTakeSnapshot(500)
            .setMaxPendingLogEntryCount(200)
            .build();

    /** @param length of virtual time; the last fault is over after two thirds of it */
    static FaultyRun of(Flushing flushing, long seed, Duration length) {
        Deployment group = new Deployment(MEMBERS, QUICK_TO_ELECT, LOSS, OPERATION_GAP, flushing, Deployment.judges(1));
        RaftTrial trial = new RaftTrial(group, seed);
        Duration faultsUntil = length.multipliedBy(2).dividedBy(3);
        trial.addFaults(faultsUntil);
        trial.runUntil(faultsUntil);
        long acknowledgedBefore = trial.acknowledgements();
        trial.runUntil(length);
        return new FaultyRun(
                seed,
                trial.digest(),
                trial.violated(),
                trial.firstMistake(),
                trial.acknowledgements(),
                trial.acknowledgements() - acknowledgedBefore);
    }
}
