package dev.foresail.eval.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.randtree.RandTreeState;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments from the simulator, and the arithmetic of the report. Nothing here depends on how fast the machine is. */
final class PredictionDepthTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static List<? extends Moment<?>> moments() {
        return Recordings.simulated(Variant.predicted(Variant.meanDepth()), 31, 20_001, 2);
    }

    private static Prediction taking(Ended ended, Double... warm) {
        SearchReport report = new SearchReport(
                SearchKind.CONSEQUENCE, 9, 9, 9, 9, 9, 12, 9, List.of(), ended, List.of(), 0, List.of(), true);
        return new Prediction(moments().get(0), PredictedFailure.CRASH, report, 3, List.of(warm));
    }

    private static List<Boolean> holds(List<Prediction> predictions) {
        Experiment.Report report = PredictionDepth.report(predictions, 1, "again");
        return report.bars().stream().map(Bar::holds).toList();
    }

    @Test
    void aMomentIsAnInnerNodeWithNeighboursAndMessagesInFlight() {
        List<? extends Moment<?>> moments = moments();
        assertEquals(2, moments.size());
        for (Moment<?> moment : moments) {
            RandTreeState centre = (RandTreeState)
                    moment.snapshot().nodes().get(moment.centre()).checkpoint().state();
            assertTrue(centre.parent().isPresent() && !centre.children().isEmpty());
            assertTrue(moment.snapshot().nodes().keySet().containsAll(centre.children()));
            assertTrue(moment.inFlight() > 0);
            assertEquals(List.of(), moment.snapshot().contradictions());
        }
    }

    @Test
    void thePredictionIsThatOfASearchThatClonesWholeWorlds() {
        SearchSettings settings = Prediction.settings(5, 1, Long.MAX_VALUE);
        for (Moment<?> moment : moments()) {
            for (PredictedFailure failure : PredictedFailure.values()) {
                Prediction made = Prediction.make(moment, failure, settings, RESOURCES, 1);
                SearchReport expected = new NaiveExplorer(RESOURCES, false).search(moment.model(failure), settings);
                assertEquals(expected.worldsByDepth(), made.report().worldsByDepth());
                assertEquals(expected.transitions(), made.report().transitions());
                assertTrue(made.isWhole());
                assertEquals(1, made.warmSeconds().size());
            }
        }
    }

    @Test
    void theWorstMedianCountsAndNoSearchMayBeCutShort() {
        Prediction fast = taking(Ended.DEPTH, 0.1, 9.0, 0.2);
        assertEquals(0.2, fast.medianWarmSeconds());
        assertEquals(List.of(true, true, true), holds(List.of(fast, taking(Ended.EXHAUSTED, 1.0))));
        assertEquals(List.of(false, true, true), holds(List.of(fast, taking(Ended.DEPTH, 1.1))));
        assertEquals(List.of(true, false, true), holds(List.of(fast, taking(Ended.TIME, 0.5))));
        assertFalse(holds(List.of()).contains(true), "without a snapshot nothing holds");
    }
}
