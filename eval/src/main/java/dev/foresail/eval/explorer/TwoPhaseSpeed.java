package dev.foresail.eval.explorer;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.eval.experiment.SearchRuns.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two-phase commit with light and with heavy nodes, explored with one worker and, in the same rounds, naively: a node is
 * cloned and its handler run at every transition.
 *
 * <p>The naive explorer has fewer resource managers, as it would take minutes; that is to its advantage, since nodes and
 * messages are fewer and states smaller.
 */
final class TwoPhaseSpeed {
    private static final double MOST_TIMES_SLOWER = 1.5;
    private static final double LEAST_TIMES_FASTER = 8;
    private static final double MOST_HANDLER_PERCENT = 0.1;
    /** With fewer, there are too few transitions for a share of so few handler runs. */
    private static final int RMS_OF_HANDLER_RUNS = 7;

    private final SearchRuns searches;
    private final Workload light;
    private final Workload heavy;
    private final Workload naiveLight;
    private final Workload naiveHeavy;
    private final Contest contest;
    private final Run counted;

    TwoPhaseSpeed(SearchRuns searches, int rms, int naiveRms) {
        this.searches = searches;
        this.light = Workload.twoPhase(rms);
        this.heavy = Workload.heavyTwoPhase(rms);
        this.naiveLight = Workload.twoPhase(naiveRms);
        this.naiveHeavy = Workload.heavyTwoPhase(naiveRms);
        this.contest = new Contest()
                .with("light", () -> searches.explore(light.model(), light.settings()))
                .with("heavy", () -> searches.explore(heavy.model(), heavy.settings()))
                .with("naive light", () -> searches.exploreNaively(naiveLight.model(), naiveLight.settings()))
                .with("naive heavy", () -> searches.exploreNaively(naiveHeavy.model(), naiveHeavy.settings()));
        Workload large = Workload.twoPhase(RMS_OF_HANDLER_RUNS);
        this.counted = searches.explore(large.model(), large.settings());
    }

    void run(int warmUpRounds, int rounds) {
        contest.run(warmUpRounds, rounds, searches::isInterrupted);
    }

    void addBars(Bars bars) {
        bars.atMost(
                        "light / heavy transitions per second, " + light.name(),
                        speed("light") / speed("heavy"),
                        "times",
                        MOST_TIMES_SLOWER)
                .atLeast(
                        "heavy / naive transitions per second, " + heavy.name() + " and naively " + naiveHeavy.name(),
                        speed("heavy") / speed("naive heavy"),
                        "times",
                        LEAST_TIMES_FASTER)
                .below(
                        "handler runs per transition, twophase rms=" + RMS_OF_HANDLER_RUNS,
                        100.0
                                * counted.report().handlerRuns()
                                / counted.report().transitions(),
                        "%",
                        MOST_HANDLER_PERCENT);
    }

    private double speed(String contender) {
        return contest.median(contender, Run::transitionsPerSecond);
    }

    /** By workload, one worker each. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        Map<String, Object> ofLight = contest.summary("light");
        ofLight.put("heapBytesPerWorld", searches.heapBytesPerWorld(light.model(), light.settings()));
        Map<String, Object> ofHeavy = contest.summary("heavy");
        ofHeavy.put("heapBytesPerWorld", searches.heapBytesPerWorld(heavy.model(), heavy.settings()));
        results.put(light.name(), ofLight);
        results.put(heavy.name(), ofHeavy);
        results.put("naive " + naiveLight.name(), contest.summary("naive light"));
        results.put("naive " + naiveHeavy.name(), contest.summary("naive heavy"));
        return results;
    }
}
