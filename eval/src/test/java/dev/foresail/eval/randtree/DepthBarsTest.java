package dev.foresail.eval.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Made-up runs, whose bars are known by hand: each bar is missed by what it is there to catch, and by nothing else. */
final class DepthBarsTest {
    private static final DecisionCounts FORESEEN = new DecisionCounts(80, 0, 20);
    private static final DecisionCounts NONE = DecisionCounts.NONE;

    private final List<DepthRun> runs = new ArrayList<>();

    private static DepthRun run(
            DepthSchedule schedule, String variant, double join, double rejoin, DecisionCounts counts) {
        return new DepthRun(schedule.label(), variant, join, rejoin, 3, 1, counts, 0);
    }

    /** Runs that meet every bar, just: 19 of 20 optimal, 6 on harsh, half a level better, 80 % foreseen. */
    private DepthBarsTest good() {
        runs.clear();
        for (int seed = 0; seed < 20; seed++) {
            runs.add(run(DepthSchedule.HALF, "predicted", 5, seed == 0 ? 6 : 5, FORESEEN));
            runs.add(run(DepthSchedule.HALF, "random", 5, seed < 2 ? 6 : 5, NONE));
            runs.add(run(DepthSchedule.HARSH, "predicted", 5, 6, FORESEEN));
            runs.add(run(DepthSchedule.INTERIOR, "predicted", 5, 6, FORESEEN));
            runs.add(run(DepthSchedule.INTERIOR, "round-robin", 5, seed % 2 == 0 ? 6 : 7, NONE));
            runs.add(run(DepthSchedule.INTERIOR, "least-delegated", 5, seed % 2 == 0 ? 6 : 7, NONE));
        }
        return this;
    }

    private DepthBarsTest and(DepthRun more) {
        runs.add(more);
        return this;
    }

    private List<String> missed() {
        return DepthBars.of(new DepthFigures(runs)).stream()
                .filter(bar -> !bar.holds())
                .map(Bar::name)
                .toList();
    }

    private void assertMissed(String... beginnings) {
        List<String> missed = missed();
        assertEquals(beginnings.length, missed.size(), missed::toString);
        for (int index = 0; index < beginnings.length; index++) {
            assertTrue(missed.get(index).startsWith(beginnings[index]), missed::toString);
        }
    }

    @Test
    void allBarsHoldWhereTheyAreJustMet() {
        good().assertMissed();
    }

    @Test
    void oneMoreTreeThatIsTooDeep() {
        good().and(run(DepthSchedule.HALF, "predicted", 6, 5, FORESEEN)).assertMissed("half: predicted");
    }

    @Test
    void oneSeedOnHarshThatIsTooDeep() {
        good().and(run(DepthSchedule.HARSH, "predicted", 5, 7, FORESEEN)).assertMissed("harsh: predicted");
    }

    @Test
    void simpleRulesThatDoAsWell() {
        good().and(run(DepthSchedule.INTERIOR, "round-robin", 5, 6, NONE))
                .assertMissed("interior: mean of round-robin");
        good().and(run(DepthSchedule.INTERIOR, "least-delegated", 5, 6, NONE))
                .assertMissed("interior: mean of least-delegated");
    }

    @Test
    void decisionsOfTheFastPolicy() {
        good().and(run(DepthSchedule.HALF, "predicted", 5, 5, new DecisionCounts(79, 0, 21)))
                .assertMissed("predicted: decisions");
    }

    @Test
    void randomChoicesThatDoAsWellAsPredictedOnes() {
        good().and(run(DepthSchedule.HALF, "random", 5, 5, NONE)).assertMissed();
        runs.removeIf(run -> run.variant().equals("random") && run.afterRejoin() == 6);
        assertMissed("half: random");
    }

    @Test
    void aRunThatDidNotFinishCountsAsAMissEverywhere() {
        good().and(run(DepthSchedule.HARSH, "predicted", 5, Double.NaN, FORESEEN))
                .assertMissed("harsh: predicted", "runs in which");
        good().and(run(DepthSchedule.INTERIOR, "predicted", 5, Double.NaN, FORESEEN))
                .assertMissed("interior: mean of round-robin", "interior: mean of least-delegated", "runs in which");
        good().and(run(DepthSchedule.HALF, "predicted", Double.NaN, Double.NaN, FORESEEN))
                .assertMissed("half: predicted", "runs in which");
    }

    @Test
    void aHandlerThatThrew() {
        good().and(new DepthRun("half", "baseline", 6, 6, 3, 1, NONE, 1)).assertMissed("handlers that threw");
    }

    @Test
    void withoutRunsNothingHoldsThatComparesDepths() {
        runs.clear();
        assertEquals(6, missed().size());
    }
}
