package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Desk n1 files a letter in tray n2, n3 or n4, by objectives as operators write them; a tray overflows with five letters. */
class ObjectiveEvaluationTest {
    private static final DeskMachine MACHINE = new DeskMachine();
    private static final NodeId DESK = NodeId.of(1);
    private static final Event.Delivery LETTER = new Event.Delivery(NodeId.of(9), new Desk.Letter(1));
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** To n2 it takes 10 ms, to n3 20 ms and to n4 40 ms; of n4's link no figure is known. */
    private static final LinkDelays STEADY = new LinkDelays() {
        @Override
        public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
            return 5_000_000L << (to.value() - 1);
        }

        @Override
        public OptionalDouble figure(NodeId from, NodeId to, LinkFigure figure) {
            return to.value() > 3 ? OptionalDouble.empty() : OptionalDouble.of(10.0 * to.value());
        }

        @Override
        public OptionalDouble provided(NodeId from, NodeId to, String figure) {
            return figure.equals("toll") ? OptionalDouble.of(5.0 - to.value()) : OptionalDouble.empty();
        }
    };

    private static Snapshot<Desk> kept(int second, int third, int fourth) {
        return Snapshots.of(
                Snapshots.checkpoint(
                        DESK, Desk.withTrays(NodeId.of(2), NodeId.of(3), NodeId.of(4)), List.of(), Map.of()),
                tray(2, second),
                tray(3, third),
                tray(4, fourth));
    }

    private static Checkpoint<Desk> tray(long id, int kept) {
        return Snapshots.checkpoint(NodeId.of(id), Desk.keeping(kept), List.of(), Map.of());
    }

    /** @param goals each such as {@code minimize: unevenness} */
    private static Evaluation evaluate(Snapshot<Desk> snapshot, LinkDelays delays, String... goals) {
        BoundObjective<Desk> objective = new BoundObjective<>(MACHINE, objective(goals));
        return new Evaluator<>(MACHINE, objective, delays, LaterChoices.none(), 12)
                .evaluate(
                        snapshot, LETTER, MACHINE.alternatives(snapshot.own().state(), LETTER, new GuardNode(DESK)), 3);
    }

    private static Objective objective(String... goals) {
        List<Objective.Goal> parsed = new ArrayList<>();
        for (String goal : goals) {
            String[] parts = goal.split(": ", 2);
            parsed.add(Formula.parse(
                    Wanted.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT).replace(' ', '_')), parts[1]));
        }
        return new Objective(parsed, SECOND, List.of("cost", "toll"));
    }

    private static List<Double> means(Evaluation evaluation) {
        return evaluation.values().stream().map(Decision.Value::mean).toList();
    }

    @Test
    void aMetricIsAskedAtThePointThatIsNamed() {
        Snapshot<Desk> even = kept(1, 1, 1);
        assertEquals(
                List.of(-6.0, -6.0, -6.0),
                means(evaluate(even, STEADY, "maximize: unevenness")),
                "in the end the letter has arrived everywhere");
        assertEquals(
                List.of(-6.0, -6.0, -3.0),
                means(evaluate(even, STEADY, "maximize: unevenness at 30ms")),
                "n4 is farther away");
        assertEquals(
                List.of(3.0, 0.0, 0.0),
                means(evaluate(even, STEADY, "minimize: unevenness at 15ms - unevenness at 1ms")));
        assertEquals(0, evaluate(even, STEADY, "maximize: unevenness at 15ms").best());
    }

    @Test
    void aConstraintGoesBeforeLaterGoalsAndTellsNothingWhereItIsMet() {
        Snapshot<Desk> snapshot = kept(1, 3, 2);
        Evaluation met = evaluate(snapshot, STEADY, "subject to: unevenness < 100", "maximize: unevenness");
        assertEquals(1, met.best());
        assertEquals(List.of(), met.notices());
        assertEquals(
                2,
                evaluate(snapshot, STEADY, "subject to: unevenness <= 19", "maximize: unevenness")
                        .best());
        assertEquals(
                0,
                evaluate(snapshot, STEADY, "subject to: unevenness < 19", "maximize: unevenness")
                        .best(),
                "equal is not less");
    }

    @Test
    void whereNoAlternativeMeetsAConstraintTheLeastExcessIsTakenAndItIsSaid() {
        Evaluation missed = evaluate(kept(1, 3, 2), STEADY, "subject to: unevenness < 10", "maximize: unevenness");
        assertEquals(0, missed.best());
        assertEquals(List.of(7.0, 11.0, 9.0), means(missed));
        assertEquals("FS460", missed.notices().get(0).code());
        assertTrue(
                missed.notices().get(0).text().contains("'unevenness < 10'"),
                missed.notices().toString());
    }

    @Test
    void aMetricWithAUnitIsComparedInThatUnit() {
        Snapshot<Desk> snapshot = kept(1, 3, 2);
        assertEquals(
                1,
                evaluate(snapshot, STEADY, "subject to: drying < 211ms", "maximize: unevenness")
                        .best());
        assertEquals(
                2,
                evaluate(snapshot, STEADY, "subject to: drying < 0.21s", "maximize: unevenness")
                        .best());
        assertEquals(
                List.of(1700.0, 2100.0, 1900.0),
                means(evaluate(snapshot, STEADY, "minimize: drying / 100us")).stream()
                        .map(value -> Math.rint(value))
                        .toList());
    }

    @Test
    void safetyOutranksWhateverAnObjectiveSays() {
        assertEquals(
                2,
                evaluate(kept(4, 1, 2), STEADY, "subject to: unevenness > 28", "maximize: unevenness at 1ms")
                        .best(),
                "n2 would overflow, though it alone meets the constraint");
    }

    /** By chance half of the letters to n2 take long; those to the others are always late. */
    @Test
    void aPercentileSeesWhatAMeanHides() {
        LinkDelays gamble = (from, to, random) ->
                to.value() != 2 ? 30_000_000L : random.nextDouble() < 0.6 ? 1_000_000L : 900_000_000L;
        Snapshot<Desk> snapshot = kept(1, 1, 1);
        Evaluation mean = evaluate(snapshot, gamble, "maximize: unevenness at 10ms");
        Evaluation high = evaluate(snapshot, gamble, "maximize: p10(unevenness at 500ms)");
        assertEquals(0, mean.best());
        assertEquals(1, high.best());
        assertEquals(
                2 + (3 * 12 - 3 * 2) / 2,
                high.values().get(1).rollOuts(),
                "percentiles are not decided before all is played, also what n4 leaves, which is as good as n3");
    }

    @Test
    void aPercentileIsDecidedEarlyWhereNothingIsLeftToLuck() {
        Evaluation sure = evaluate(kept(1, 3, 2), STEADY, "minimize: p95(unevenness)");
        assertEquals(0, sure.best());
        assertEquals(List.of(17.0, 21.0, 19.0), means(sure));
        assertEquals(6, sure.rollOuts());
    }

    @Test
    void meansAreLinearAndDecidedByPairs() {
        Snapshot<Desk> snapshot = kept(1, 3, 2);
        assertEquals(
                means(evaluate(snapshot, STEADY, "minimize: 2 * unevenness + filedHere")),
                means(evaluate(snapshot, STEADY, "minimize: 2 * mean(unevenness) + mean(filedHere)")));
    }

    @Test
    void aggregatesAreTakenOverTheNodesInView() {
        Snapshot<Desk> snapshot = kept(0, 3, 1);
        assertEquals(
                List.of(-3.0, -4.0, -3.0), means(evaluate(snapshot, STEADY, "maximize: p75(work) + 0 * filedHere")));
    }

    @Test
    void theLinkToTheCandidateCountsAndWhatIsUnknownCountsAsTheMedian() {
        Evaluation evaluation = evaluate(kept(1, 1, 1), STEADY, "maximize: rtt(candidate)");
        assertEquals(
                List.of(-20L, -30L, -20L),
                means(evaluation).stream()
                        .map(seconds -> Math.round(1000 * seconds))
                        .toList());
        assertEquals(1, evaluation.best());
        assertEquals(
                List.of(1, 1, Decision.Value.UNKNOWN_TERM),
                evaluation.values().stream().map(Decision.Value::term).toList(),
                "no outcome is compared with what nobody predicted");
    }

    @Test
    void whatAProviderTellsOfTheLinkCountsAsAPlainNumber() {
        Evaluation evaluation =
                evaluate(kept(1, 1, 1), STEADY, "minimize: 2 * toll(candidate) + rtt(candidate) / 1ms * 0");
        assertEquals(
                List.of(6.0, 4.0, 6.0), means(evaluation), "the link to n4 is not known, and it counts as the median");
        assertEquals(
                2, evaluate(kept(1, 1, 1), STEADY, "minimize: toll(candidate)").best());
        assertEquals(
                List.of(0.0, 0.0, 0.0),
                means(evaluate(kept(1, 1, 1), STEADY, "minimize: cost(candidate)")).stream()
                        .map(mean -> Double.isNaN(mean) ? 0.0 : mean)
                        .toList(),
                "nobody tells it");
    }

    @Test
    void propertiesMayBeConstraintsAtAnyTimeAndCostTheTimeThatTheyAreViolated() {
        Snapshot<Desk> snapshot = kept(4, 1, 1);
        List<Double> downtime = means(evaluate(snapshot, STEADY, "minimize: downtime(noTrayOverflows)"));
        assertEquals(1.0, downtime.get(0), "safety was violated and is shown: it outranks");
        BoundObjective<Desk> asked = new BoundObjective<>(
                MACHINE,
                objective(
                        "subject to: holds(noTrayOverflows) at 5ms",
                        "subject to: holds(noTrayOverflows)",
                        "minimize: downtime(noTrayOverflows)",
                        "subject to: live(noTrayOverflows) within 200ms"));
        RollOut overflowing = new RollOuts<>(MACHINE, asked, STEADY, LaterChoices.none())
                .play(
                        snapshot,
                        LETTER,
                        MACHINE.alternatives(snapshot.own().state(), LETTER, new GuardNode(DESK))
                                .get(0),
                        1,
                        0);
        double[] costs = asked.costs(List.of(overflowing.row()));
        assertEquals(1, costs[0]);
        assertEquals(0, costs[1], "the letter arrives after 10 ms");
        assertEquals(1, costs[2]);
        assertEquals(1, costs[3], 1e-9);
        assertEquals(0.8, costs[4], 1e-9);
    }

    @Test
    void aMetricThatThrowsOrIsNoNumberStopsNobodyAndIsSaid() {
        Snapshot<Desk> snapshot = kept(1, 0, 2);
        Evaluation threw = evaluate(snapshot, STEADY, "minimize: torn", "minimize: unevenness");
        assertEquals(1, threw.best(), "the next goal decides");
        assertEquals("FS461", threw.notices().get(0).code());
        assertTrue(
                threw.notices().get(0).text().contains("the metric torn"),
                threw.notices().toString());
        Evaluation partly = evaluate(kept(0, 3, 1), STEADY, "minimize: tornAtFour");
        assertEquals(3, partly.values().size());
        assertTrue(
                partly.notices().get(0).text().contains("tornAtFour"),
                partly.notices().toString());
    }

    @Test
    void whatDoesNotFitTheProtocolIsRefusedWithItsCode() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new BoundObjective<>(MACHINE, objective("minimize: unevenness + 3ms")))
                .getMessage();
        assertTrue(message.contains("[FS455]") && message.contains("column 12"), message);
    }
}
