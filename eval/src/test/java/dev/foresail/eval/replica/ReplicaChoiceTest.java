package dev.foresail.eval.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.replica.Picker.Rule;
import dev.foresail.steering.cli.Experiment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The replicas of a service, in virtual time and over HTTP. */
class ReplicaChoiceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SEED = 12;

    private static double p99(Setting setting, Rule rule) {
        return Distribution.of(SimulatedService.latenciesMillis(setting, rule, SEED, 30 * SECOND))
                .percentile(0.99);
    }

    @Test
    void aDegradedReplicaIsLeftAlone() {
        double foreseen = p99(Setting.DEGRADED, Rule.FORESAIL);

        assertTrue(foreseen < 0.8 * p99(Setting.DEGRADED, Rule.POWER_OF_TWO), "p99 of " + foreseen + " ms");
        assertTrue(foreseen < 0.1 * p99(Setting.DEGRADED, Rule.RANDOM), "p99 of " + foreseen + " ms");
    }

    @Test
    void allRulesMeetTheSameRequestsAndTheSameSeedSaysTheSame() {
        List<Double> once = SimulatedService.latenciesMillis(Setting.PAUSES, Rule.FORESAIL, SEED, 5 * SECOND);

        assertEquals(once, SimulatedService.latenciesMillis(Setting.PAUSES, Rule.FORESAIL, SEED, 5 * SECOND));
        for (Rule rule : Rule.values()) {
            assertEquals(
                    once.size(),
                    SimulatedService.latenciesMillis(Setting.PAUSES, rule, SEED, 5 * SECOND)
                            .size());
        }
    }

    @Test
    void aReplicaWorksOffItsQueueInOrderAndStandsStillInPauses() {
        Replica replica = Replica.usual()
                .slower(2)
                .disturbed(List.of(
                        Replica.Disturbance.pause(100, 200),
                        Replica.Disturbance.slow(300, 400, 3),
                        Replica.Disturbance.failing(500, 600, 0.5)));
        WorkQueue queue = new WorkQueue(replica, 1);

        assertEquals(new WorkQueue.Answer(20, false), queue.take(0, 10, 0.9), "twice as slow as usual");
        assertEquals(new WorkQueue.Answer(40, false), queue.take(5, 10, 0.9), "behind the first");
        assertEquals(new WorkQueue.Answer(210, false), queue.take(90, 10, 0.9), "a pause in the middle");
        assertEquals(new WorkQueue.Answer(360, false), queue.take(300, 10, 0.9), "three times as slow again");
        assertTrue(queue.take(550, 10, 0.4).failed());
        assertFalse(queue.take(550, 10, 0.6).failed());
    }

    @Test
    void overHttpEveryRequestIsAnsweredAfterItsWork() throws Exception {
        long length = SECOND / 2;
        List<Demand.Request> requests = Demand.of(Setting.FAILING, SEED, length);
        try (LiveService service = new LiveService(
                Setting.FAILING.replicas(SEED, length), Rule.FORESAIL, SEED, System.nanoTime() + SECOND / 10)) {
            List<Double> latencies = service.latenciesMillis(requests);

            assertEquals(requests.size(), latencies.size());
            double workMillis =
                    requests.stream().mapToDouble(Demand.Request::workNanos).sum() / 1e6;
            double tookMillis =
                    latencies.stream().mapToDouble(Double::doubleValue).sum();
            assertTrue(tookMillis >= workMillis, tookMillis + " ms for " + workMillis + " ms of work");
        }
    }

    @Test
    void withoutARunNoBarHolds() {
        Experiment.Report report = ReplicaChoice.report(0, Map.of(), Map.of(), Map.of(), "again");

        assertEquals(2 * Setting.values().length + 1, report.bars().size());
        assertTrue(report.bars().stream().noneMatch(Experiment.Bar::holds));
    }
}
