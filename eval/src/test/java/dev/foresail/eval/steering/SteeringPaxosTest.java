package dev.foresail.eval.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.steering.PaxosTurmoil.Outcome;
import dev.foresail.eval.steering.SteeringPaxos.Trial;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.control.SteeringMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SteeringPaxosTest {
    private static final int SEEDS = 20;

    private static List<Outcome> play(Trial trial) {
        return LongStream.range(0, SEEDS).mapToObj(trial::play).toList();
    }

    private static long violated(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome::isViolated).count();
    }

    @Test
    void withoutSteeringLearnersDecideDifferently() {
        for (String bug : List.of("PX-1", "PX-2")) {
            List<Outcome> without = play(new Trial(bug, false, SteeringMode.OFF));
            assertTrue(violated(without) > 2, bug);
            assertTrue(without.stream().anyMatch(outcome -> outcome.knowable() > 0), bug);
            assertTrue(
                    without.stream().allMatch(outcome -> outcome.interventions().isEmpty()));
        }
    }

    @Test
    void withSteeringTheyAgreeAllTheSame() {
        for (String bug : List.of("PX-1", "PX-2")) {
            List<Outcome> with = play(new Trial(bug, false, SteeringMode.STEER));
            assertEquals(0, violated(with), bug);
            assertTrue(
                    with.stream().anyMatch(outcome -> !outcome.interventions().isEmpty()), bug);
            for (Outcome outcome : with) {
                assertEquals(PaxosTurmoil.NODES, outcome.learners(), outcome::toString);
                assertEquals(List.of(), outcome.failures());
            }
        }
    }

    @Test
    void theMendedProtocolIsLeftAlone() {
        for (String bug : List.of("PX-1", "PX-2")) {
            for (Outcome outcome : play(new Trial(bug, true, SteeringMode.STEER))) {
                assertEquals(List.of(), outcome.interventions());
                assertEquals(0, outcome.turnedAway());
                assertEquals(0, outcome.knowable() + outcome.unknowable());
                assertTrue(outcome.isDecided());
            }
        }
    }

    @Test
    void whoAsksForTheFixedProtocolGetsNothingElse() {
        List<Trial> fixed = SteeringPaxos.trials(true);
        assertTrue(fixed.stream().allMatch(Trial::mended));
        assertEquals(2, fixed.size());
        assertTrue(SteeringPaxos.trials(false).containsAll(fixed));
    }

    @Test
    void noRunsHoldNoBar() {
        Map<Trial, List<Outcome>> none = new LinkedHashMap<>();
        SteeringPaxos.trials(false).forEach(trial -> none.put(trial, List.of()));
        List<Bar> bars = SteeringPaxos.report(0, none, "").bars();
        assertEquals(9, bars.size());
        assertTrue(bars.stream().noneMatch(Bar::holds), bars::toString);
    }
}
