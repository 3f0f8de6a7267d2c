package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.Postcards;
import dev.foresail.predictor.fixture.PostcardsMachine;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.Traces;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Datagrams beside connections: lost one by one, in any order, untouched by what happens to connections. */
final class DatagramsTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final PostcardsMachine MACHINE = new PostcardsMachine();

    private static SystemModel<Postcards> model(Map<String, String> settings) {
        return ExplorationScenarios.model(MACHINE, new DefaultScenario<>(MACHINE), new TreeMap<>(settings));
    }

    private static void assertSameAsThePlainExplorer(Map<String, String> settings) {
        SearchSettings search = SearchSettings.DEFAULT.beyondViolations().withMaxDepth(6);
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model(settings), search);
        SearchReport fast = new Explorer<>(model(settings), RESOURCES).search(search);
        assertEquals(plain.worldsByDepth(), fast.worldsByDepth(), settings::toString);
        assertEquals(plain.transitions(), fast.transitions(), settings::toString);
        assertTrue(plain.transitions() > 200, () -> "only " + plain.transitions());
    }

    @Test
    void bothExplorersFindTheSameWorldsOnEveryNetwork() {
        assertSameAsThePlainExplorer(Map.of("nodes", "2", "losses", "2", "breaks", "1"));
        assertSameAsThePlainExplorer(
                Map.of("nodes", "2", "losses", "1", "crashes", "1", "restarts", "true", "resets", "1"));
        assertSameAsThePlainExplorer(Map.of("nodes", "2", "losses", "1", "network", "unordered"));
        assertSameAsThePlainExplorer(Map.of("nodes", "2", "losses", "1", "network", "duplicating"));
    }

    @Test
    void cardsOvertakeEachOtherAndLettersDoNot() {
        SortedMap<String, String> settings =
                new TreeMap<>(Map.of("nodes", "2", "calls", "2", "losses", "1", "breaks", "1"));
        SearchReport found = new Explorer<>(model(settings), RESOURCES).search(SearchSettings.DEFAULT.withMaxDepth(6));
        assertEquals(
                List.of("cardsAreInOrder"),
                found.violations().stream().map(Violation::property).toList());
        Trace.Origin origin = new Trace.Origin("postcards", "default", settings);
        Trace trace = Replay.record(model(settings), origin, found.violations().get(0));
        assertEquals(Traces.Fate.VIOLATED, Traces.fate(trace, DatagramsTest.class.getClassLoader()));
    }

    /** Two calls may come at the same time, so that the ways of their cards, of 5 ms and 6 ms, say nothing of which comes first. */
    @Test
    void boundsOnTimeKeepTheOrdersOfDatagramsThatArePossible() {
        Map<String, String> settings = Map.of(
                "nodes", "2", "calls", "2", "losses", "1", "crashes", "1", "restarts", "true", "latency", "5ms..6ms");
        SearchReport timed = new Explorer<>(model(settings), RESOURCES).search(SearchSettings.DEFAULT.withMaxDepth(6));
        assertEquals(
                List.of("cardsAreInOrder"),
                timed.violations().stream().map(Violation::property).toList());
    }

    @Test
    void withoutDatagramsAnOrderedNetworkLosesNoSingleMessage() {
        ChatterMachine none = new ChatterMachine();
        assertThrows(
                IllegalArgumentException.class,
                () -> ExplorationScenarios.model(
                        none, new DefaultScenario<>(none), new TreeMap<>(Map.of("nodes", "2", "losses", "1"))));
    }
}
