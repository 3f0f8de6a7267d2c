package dev.foresail.eval.knownbugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the experiment reports; how fast this machine is does not matter. */
final class KnownBugSearchesTest {
    @Test
    void everyBugIsFoundFromItsSnapshotAndGoneOnceItIsMended() throws Exception {
        Experiment.Report report = new KnownBugSearches()
                .run(new Experiment.Options(
                        Optional.empty(), 0, true, Optional.empty(), new Interruption(), hint -> {}));
        assertEquals(
                List.of(),
                report.bars().stream()
                        .filter(bar -> !bar.unit().matches("s|ms") && !bar.holds())
                        .toList());
        assertEquals(
                List.of(
                        "CH-1 from its snapshot, by exhaustive",
                        "66f159d from its snapshot, by consequence",
                        "Chord8 from its snapshot, by consequence",
                        "d5bc9fc from its snapshot, by consequence",
                        "e11bce2 from its snapshot, by consequence",
                        "PX-1 from its snapshot, by consequence",
                        "PX-2 from its snapshot, by consequence",
                        "RT-1 from its snapshot, by consequence",
                        "RT-2 from its snapshot, by consequence",
                        "RT-3 from its snapshot, by consequence"),
                report.bars().stream()
                        .filter(bar -> bar.unit().equals("s"))
                        .map(Experiment.Bar::name)
                        .toList());
        report.bars().forEach(bar -> assertTrue(Double.isFinite(bar.value()), bar::toString));
        List<String> notFound = new ArrayList<>();
        for (Map<?, ?> row : rows(report, "searches")) {
            assertTrue(row.keySet().containsAll(List.of("firstMillis", "medianMillis", "warmMillis")), row::toString);
            boolean isWalk = "walk".equals(row.get("search"));
            if (!isWalk && Integer.valueOf(0).equals(row.get("found"))) {
                notFound.add(row.get("bug") + " " + row.get("search"));
            } else if (!isWalk) {
                assertEquals(row.get("length"), row.get("shrunkLength"), "breadth first finds a shortest path");
            }
        }
        assertEquals(List.of("CH-1 consequence"), notFound);
        assertEquals(11, rows(report, "mended").size());
    }

    @Test
    void whatPredictionLeavesOutIsSaidToo() throws Exception {
        try (SearchRuns searches = new SearchRuns(new Interruption())) {
            Map<String, Object> results = Reach.measure(searches, true).results();
            assertEquals(177_593L, results.get("exhaustiveWorlds"));
            assertEquals(false, ((Map<?, ?>) results.get("RT-3a")).get("found"));
            assertEquals(true, ((Map<?, ?>) results.get("RT-3b")).get("found"));
        }
    }

    private static List<Map<?, ?>> rows(Experiment.Report report, String name) {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (Object row : (List<?>) report.results().get(name)) {
            rows.add((Map<?, ?>) row);
        }
        assertTrue(!rows.isEmpty());
        return rows;
    }
}
