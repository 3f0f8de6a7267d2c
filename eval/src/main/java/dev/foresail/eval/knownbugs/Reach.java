package dev.foresail.eval.knownbugs;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.eval.experiment.SearchRuns.Run;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.eval.macetree.MaceTreeScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What consequence prediction leaves out and still finds, on the tree of the Mace source. RT-1w is RT-1 with three nodes
 * that are yet to join, RT-3a is RT-3 before anybody has asked to join, RT-3b when somebody has.
 *
 * @param exhaustive every world of the tree of five nodes to a depth
 * @param predicted the same with prediction
 * @param wide searches by prediction for RT-1w, all alike
 * @param early the search by prediction for RT-3a
 * @param late the same for RT-3b
 */
record Reach(
        int depth,
        SearchReport exhaustive,
        SearchReport predicted,
        List<Run> wide,
        SearchReport early,
        SearchReport late) {
    private static final int FULL_DEPTH = 12;
    private static final double FULL_TIMES_FEWER = 300;
    private static final int FULL_SEARCHES = 300;
    private static final int QUICK_DEPTH = 10;
    private static final double QUICK_TIMES_FEWER = 100;
    private static final int QUICK_SEARCHES = 60;
    private static final double MOST_MILLIS = 5;
    private static final SearchSettings PREDICTION = SearchSettings.DEFAULT.withKind(SearchKind.CONSEQUENCE);

    static Reach measure(SearchRuns searches, boolean quick) {
        int depth = quick ? QUICK_DEPTH : FULL_DEPTH;
        SystemModel<MaceRandTree> five = model("star-below", "RT-1,RT-2,RT-3");
        SearchSettings bounded = SearchSettings.DEFAULT.beyondViolations().withMaxDepth(depth);
        SystemModel<MaceRandTree> wide = model("chain-wide", "RT-1");
        List<Run> runs = new ArrayList<>();
        for (int number = 0; number < (quick ? QUICK_SEARCHES : FULL_SEARCHES); number++) {
            runs.add(searches.explore(wide, PREDICTION));
        }
        return new Reach(
                depth,
                searches.explore(five, bounded).report(),
                searches.explore(five, bounded.withKind(SearchKind.CONSEQUENCE)).report(),
                runs,
                searches.explore(model("star", "RT-3"), PREDICTION).report(),
                searches.explore(model("star-joining", "RT-3"), PREDICTION).report());
    }

    private static SystemModel<MaceRandTree> model(String snapshot, String bugs) {
        return Explorations.model(
                new MaceRandTreeMachine(), new MaceTreeScenario(), Map.of("snapshot", snapshot, "bug", bugs));
    }

    void addBars(Bars bars) {
        bars.atLeast(
                        "exhaustive / predicted worlds, star-below to depth " + depth,
                        (double) exhaustive.distinctWorlds() / predicted.distinctWorlds(),
                        "times",
                        depth == FULL_DEPTH ? FULL_TIMES_FEWER : QUICK_TIMES_FEWER)
                .below("RT-1w by prediction, warm", wideMillis(), "ms", MOST_MILLIS)
                .atLeast("RT-1w found by prediction", found(wide.get(0).report()), "found", 1)
                .atLeast("RT-3b found by prediction", found(late), "found", 1);
    }

    private static double found(SearchReport report) {
        return report.violations().isEmpty() ? 0 : 1;
    }

    /** The median of the later half; the first half warms up. */
    private double wideMillis() {
        return Distribution.of(
                        wide.stream().skip(wide.size() / 2).map(Run::millis).toList())
                .percentile(0.5);
    }

    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("depth", depth);
        results.put("exhaustiveWorldsByDepth", exhaustive.worldsByDepth());
        results.put("predictedWorldsByDepth", predicted.worldsByDepth());
        results.put("exhaustiveWorlds", exhaustive.distinctWorlds());
        results.put("predictedWorlds", predicted.distinctWorlds());
        results.put("RT-1w", search(wide.get(0).report()));
        results.put("RT-1wFirstMillis", wide.get(0).millis());
        results.put("RT-1wWarmMillis", wideMillis());
        results.put("RT-3a", search(early));
        results.put("RT-3b", search(late));
        return results;
    }

    private static Map<String, Object> search(SearchReport report) {
        Map<String, Object> search = new LinkedHashMap<>();
        search.put("found", found(report) > 0);
        search.put("worlds", report.distinctWorlds());
        search.put("transitions", report.transitions());
        search.put("depth", report.maxDepth());
        return search;
    }
}
