package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Lookups over Chord by the forms in which next hops are chosen. */
final class NextHopsTest {
    private static final int FEW = 12;

    private static NextHopTrial.Outcome play(NextHopForm form) {
        return new NextHopTrial(form, SyntheticWideArea.generate(FEW, 1), 1, 1).play();
    }

    @Test
    void aRunIsTheSameEachTimeAndItsHopsArePredicted() {
        NextHopTrial.Outcome once = play(NextHopForm.predicted());
        assertEquals(once, play(NextHopForm.predicted()));
        assertTrue(once.decisions().predicted() > 0, once::toString);
        assertTrue(once.waitedMillis() > 0, "predictions take their time");
        assertTrue(once.rollOuts() > once.decisions().predicted(), once::toString);
        assertEquals(FEW, once.answers());
        assertEquals(0, once.failures() + once.unanswered());
    }

    @Test
    void rulesAnswerAllWithoutWaiting() {
        for (NextHopForm form : List.of(NextHopForm.published(), NextHopForm.proximity(), NextHopForm.estimate())) {
            NextHopTrial.Outcome run = play(form);
            assertEquals(FEW, run.answers());
            assertEquals(0, run.failures() + run.unanswered());
            assertEquals(0, run.waitedMillis());
            assertEquals(0, run.rollOuts());
            assertEquals(0, run.controlMessages(), "nobody gathers checkpoints");
        }
    }

    @Test
    void aRollOutThatTakesLongerIsWaitedForLonger() {
        NextHopTrial.Outcome slow = play(NextHopForm.predictedAtAHighCost());
        double quickMillis = play(NextHopForm.predicted()).waitedMillis();
        assertTrue(slow.waitedMillis() > 2 * quickMillis, () -> slow + ", and quicker " + quickMillis + " ms");
    }

    @Test
    void figuresAreOfOneSeedAndSayWhatRollOutsCost() {
        List<NextHopTrial.Outcome> runs = new ArrayList<>();
        runs.add(outcome(NextHopForm.PREDICTED_AT_A_HIGH_COST, 1, 0));
        runs.add(new NextHopTrial.Outcome(
                NextHopForm.PREDICTED, 1, 1, 1, 2, 0, 0, 40, 1, 100, new DecisionCounts(10, 0, 2), 0));
        runs.add(new NextHopTrial.Outcome(
                NextHopForm.PREDICTED, 2, 1, 1, 2, 0, 0, 60, 1, 200, new DecisionCounts(20, 0, 0), 0));
        Map<String, Object> results = new NextHops.Runs(runs, true).results();
        assertEquals(2L, results.get("seeds"));
        Map<?, ?> figures = (Map<?, ?>) Objects.requireNonNull(results.get(NextHopForm.PREDICTED));
        assertEquals(150.0, figures.get("predictionCostMicros"));
        assertEquals(25.0, figures.get("rollOutsOfALookup"));
        assertEquals(75.0, figures.get("controlMessagesOfALookup"));
        assertEquals(15.0, figures.get("predictedDecisions"));
        assertEquals(1.0, figures.get("fallbackDecisions"));
        Map<?, ?> slow = (Map<?, ?>) Objects.requireNonNull(results.get(NextHopForm.PREDICTED_AT_A_HIGH_COST));
        assertEquals(500.0, slow.get("predictionCostMicros"));
    }

    private static NextHopTrial.Outcome outcome(String form, double latencyMillis, int failures) {
        return new NextHopTrial.Outcome(form, 1, latencyMillis, 1, 1, 0, 0, 0, 1, 0, DecisionCounts.NONE, failures);
    }

    private static List<Boolean> held(double proximity, double estimate, double predicted, int failures) {
        List<NextHopTrial.Outcome> runs = new ArrayList<>();
        runs.add(outcome(NextHopForm.PUBLISHED, 1, 0));
        runs.add(outcome(NextHopForm.PROXIMITY, proximity, 0));
        runs.add(outcome(NextHopForm.ESTIMATE, estimate, failures));
        runs.add(outcome(NextHopForm.PREDICTED, predicted, 0));
        Bars bars = new Bars();
        new NextHops.Runs(runs, true).addTo(bars);
        return bars.all().stream().map(Bar::holds).toList();
    }

    @Test
    void theBarsAreOfTheProximityRuleAndOfTheEstimateAlone() {
        assertEquals(List.of(true, true, true), held(100, 90, 85, 0));
        assertEquals(List.of(false, true, true), held(100, 90, 86, 0));
        assertEquals(List.of(true, false, true), held(100, 80, 81, 0));
        assertEquals(List.of(true, true, false), held(100, 90, 85, 1));
    }

    @Test
    void aQuestionWithoutAnAnswerMissesItsBar() {
        NextHopTrial.Outcome unanswered =
                new NextHopTrial.Outcome(NextHopForm.PUBLISHED, 1, 1, 1, 1, 1, 0, 0, 1, 0, DecisionCounts.NONE, 0);
        Bars bars = new Bars();
        new NextHops.Runs(List.of(unanswered), true).addTo(bars);
        assertFalse(bars.all().get(2).holds());
    }
}
