package dev.foresail.eval.microraft;

import dev.foresail.eval.microraft.Deployment.Flushing;
import dev.foresail.predictor.simulate.PropertyWatch;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of one group of three under faults.
 *
 * @param violations of properties, in the order in which they were seen
 * @param mistakes what is wrong, for people
 * @param acknowledgements of operations, all in all
 * @param acknowledgedAtTheEnd of operations after the last fault was over
 */
record FaultyRun(
        long seed,
        String digest,
        List<PropertyWatch.Violation> violations,
        List<String> mistakes,
        long acknowledgements,
        long acknowledgedAtTheEnd) {
    /** Quicker to notice a dead leader than by default, and with snapshots often: more happens in a minute. */
    private static final RaftConfig QUICK_TO_ELECT = RaftConfig.newBuilder()
            .setLeaderHeartbeatPeriodSecs(1)
            .setLeaderHeartbeatTimeoutSecs(2)
            .setLeaderElectionTimeoutMillis(500)
            .setCommitCountToTakeSnapshot(500)
            .setMaxPendingLogEntryCount(50)
            .build();

    /** @param length of virtual time; the last fault is over after two thirds of it */
    static FaultyRun of(Flushing flushing, long seed, Duration length) {
        Deployment group = Deployment.ofThrees(1, QUICK_TO_ELECT, flushing);
        RaftTrial trial = new RaftTrial(group, seed);
        PropertyWatch<Member> watch = trial.watch();
        Duration faultsUntil = length.multipliedBy(2).dividedBy(3);
        trial.addFaults(faultsUntil);
        trial.runUntil(faultsUntil);
        long acknowledgedBefore = trial.acknowledgements();
        trial.runUntil(length);
        return new FaultyRun(
                seed,
                trial.digest(),
                List.copyOf(watch.violations()),
                trial.mistakes(),
                trial.acknowledgements(),
                trial.acknowledgements() - acknowledgedBefore);
    }

    /** The seed, what was violated first and when, and how, for people. */
    String toText() {
        String first = violations.stream()
                .limit(1)
                .map(violation -> String.format(
                        Locale.ROOT, "%s is violated at %.6f s; ", violation.property(), violation.seconds()))
                .collect(Collectors.joining());
        return "seed " + seed + ": " + first + String.join("; ", mistakes);
    }
}
