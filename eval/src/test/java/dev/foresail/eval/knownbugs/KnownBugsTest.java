package dev.foresail.eval.knownbugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.eval.macetree.MaceTreeScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
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

    /** The same of those that the Mace source of Chord marks, from its snapshot and from the beginning. */
    private static final Map<String, Integer> CHORD_DEPTHS =
            Map.of("66f159d", 3, "Chord8", 4, "d5bc9fc", 2, "e11bce2", 2);

    private static final Map<String, Integer> CHORD_INITIAL_DEPTHS =
            Map.of("66f159d", 8, "Chord8", 8, "d5bc9fc", 1, "e11bce2", 6);

    static {
        DEPTHS.putAll(CHORD_DEPTHS);
    }

    static Stream<KnownBug<?>> bugs() {
        return KnownBugs.all().stream();
    }

    /** The same from the beginning with failures; PX-2 lies deeper than a test can look. */
    private static final SortedMap<String, Integer> INITIAL_DEPTHS =
            new TreeMap<>(Map.of("BT-1", 8, "CH-1", 16, "PX-1", 10, "RT-1", 15, "RT-2", 1));

    /**
     * How deep the snapshots without the bug are searched. Paxos comes to an end; elsewhere timers send again and again,
     * and queues grow for ever.
     */
    private static final SortedMap<String, Integer> MENDED_DEPTHS = new TreeMap<>(
            Map.of("BT-1", 16, "CH-1", 12, "PX-1", 100, "PX-2", 100, "RT-1", 200, "RT-2", 200, "RT-3", 12));

    static {
        INITIAL_DEPTHS.putAll(CHORD_INITIAL_DEPTHS);
        CHORD_DEPTHS.keySet().forEach(bug -> MENDED_DEPTHS.put(bug, 12));
    }

    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static SearchReport search(SystemModel<?> model, int depth) {
        return new NaiveExplorer(RESOURCES, false).search(model, SearchSettings.DEFAULT.withMaxDepth(depth));
    }

    private static <S> SearchReport explore(SystemModel<S> model, int depth) {
        return new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT.withMaxDepth(depth));
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
    public void doesNotComeBackHoweverFarTheMendedSnapshotIsSearched(KnownBug<?> bug) {
        int depth = MENDED_DEPTHS.get(bug.id());
        SearchReport mended = explore(bug.mendedSnapshotModel(), depth);
        assertEquals(List.of(), mended.violations());
        boolean isPaxos = bug.id().startsWith("PX");
        assertEquals(isPaxos ? SearchReport.Ended.EXHAUSTED : SearchReport.Ended.DEPTH, mended.ended());
        assertTrue(isPaxos || mended.maxDepth() == depth, mended::toString);
    }

    static Stream<KnownBug<?>> bugsThatAreNear() {
        return KnownBugs.all().stream().filter(bug -> INITIAL_DEPTHS.containsKey(bug.id()));
    }

    @ParameterizedTest
    @MethodSource("bugsThatAreNear")
    public void isFoundFromTheBeginningByAShortestPathAndNotOnceItIsMended(KnownBug<?> bug) {
        int depth = INITIAL_DEPTHS.get(bug.id());
        List<Violation> found = explore(bug.initialModel(), depth).violations();
        assertEquals(
                List.of(bug.property()), found.stream().map(Violation::property).toList());
        assertEquals(depth, found.get(0).depth());
        assertEquals(
                List.of(),
                explore(bug.mendedInitialModel(), Math.min(depth, 10)).violations());
    }

    /** It is not the silent reset by which it was published, and which its snapshot has. */
    @Test
    public void rtOneNeedsNoFailureFromTheBeginning() {
        SystemModel<MaceRandTree> model = Explorations.model(
                new MaceRandTreeMachine(),
                new MaceTreeScenario(),
                Map.of("snapshot", "initial", "nodes", "4", "failures", "0", "bug", "RT-1"));
        assertEquals(15, explore(model, 15).violations().get(0).depth());
    }

    @Test
    public void everyIdIsThereOnce() {
        Set<String> ids = new HashSet<>();
        KnownBugs.all().forEach(bug -> assertTrue(ids.add(bug.id()), bug.id()));
        assertEquals(DEPTHS.keySet(), ids);
    }
}
