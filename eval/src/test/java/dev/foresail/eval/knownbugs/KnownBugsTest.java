package dev.foresail.eval.knownbugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public final class KnownBugsTest {
    /** The length of the shortest path to each bug from its snapshot. */
    private static final SortedMap<String, Integer> DEPTHS =
            new TreeMap<>(Map.of("BT-1", 3, "CH-1", 7, "PX-1", 5, "PX-2", 7, "RT-1", 4, "RT-2", 1, "RT-3", 3));

    static Stream<KnownBug<?>> bugs() {
        return KnownBugs.all().stream();
    }

    private static SearchReport search(SystemModel<?> model, int depth) {
        return new NaiveExplorer(SearchResources.of(Runnable::run), false)
                .search(model, SearchSettings.DEFAULT.withMaxDepth(depth));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    public void isFoundFromItsSnapshotAndNotOnceItIsMended(KnownBug<?> bug) {
        int depth = DEPTHS.get(bug.id());
        List<Violation> found = search(bug.snapshotModel(), depth).violations();
        assertEquals(
                List.of(bug.property()), found.stream().map(Violation::property).toList());
        assertEquals(depth, found.get(0).depth());
        SearchReport mended = search(bug.mendedSnapshotModel(), depth + 1);
        assertEquals(List.of(), mended.violations());
        assertTrue(mended.distinctWorlds() > 1);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    public void hasModelsFromTheBeginningToo(KnownBug<?> bug) {
        assertEquals(List.of(), search(bug.initialModel(), 0).violations());
        assertEquals(
                bug.initialModel().nodes().keySet(),
                bug.mendedInitialModel().nodes().keySet());
    }

    @Test
    public void everyIdIsThereOnce() {
        Set<String> ids = new HashSet<>();
        KnownBugs.all().forEach(bug -> assertTrue(ids.add(bug.id()), bug.id()));
        assertEquals(DEPTHS.keySet(), ids);
    }
}
