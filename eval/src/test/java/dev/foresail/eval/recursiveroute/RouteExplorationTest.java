package dev.foresail.eval.recursiveroute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every order of events in a small ring, and the known bugs. */
final class RouteExplorationTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings ALL = SearchSettings.DEFAULT.withMaxWorlds(40_000);

    private static SearchReport search(Map<String, String> settings, SearchSettings search) {
        StackMachine machine = (StackMachine) Machines.of(RouteExplorationTest.class.getClassLoader())
                .matches("dispatches/recursive-route/static-ring")
                .get(0);
        SystemModel<Stack> model = ExplorationScenarios.model(machine, new RouteExploration(), new TreeMap<>(settings));
        return new Explorer<>(model, RESOURCES).search(search);
    }

    private static List<String> violated(Map<String, String> settings, SearchSettings search) {
        return search(settings, search).violations().stream()
                .map(Violation::property)
                .toList();
    }

    private static SearchSettings walks(int count) {
        return SearchSettings.DEFAULT
                .withKind(SearchKind.WALK)
                .withSeed(7)
                .withWalks(count)
                .withMaxDepth(400);
    }

    @Test
    void withoutFailuresEveryOrderOfEventsIsRight() {
        SearchReport report = search(Map.of(), SearchSettings.DEFAULT);
        assertEquals(List.of(), report.violations());
        assertTrue(report.isComplete());
    }

    @Test
    void brokenConnectionsAndCrashesAreSurvived() {
        assertEquals(List.of(), violated(Map.of("breaks", "1"), ALL));
        assertEquals(List.of(), violated(Map.of("crashes", "1"), ALL));
        Map<String, String> both = Map.of("breaks", "2", "crashes", "2", "senders", "2", "messages", "2");
        assertEquals(
                List.of(), violated(both, walks(60)), "each ends, also where nodes that had messages have crashed");
    }

    @Test
    void aCircleOfFullNodesAndABusyRootAreResolved() {
        Map<String, String> circle = Map.of("circle", "true", "senders", "3", "messages", "2", "ticks", "8");
        assertEquals(List.of(), violated(circle, ALL));
        assertEquals(List.of(), violated(circle, walks(40)));
        Map<String, String> busy = Map.of("busy", "true", "senders", "2", "messages", "2", "ticks", "8");
        assertEquals(List.of(), violated(busy, ALL));
        assertEquals(List.of(), violated(busy, walks(40)));
    }

    @Test
    void aRootThatForgetsDeliversTwice() {
        assertEquals(List.of("messagesAreDeliveredOnce"), violated(Map.of("bug", "RR-1", "breaks", "1"), ALL));
    }

    @Test
    void aLineThatTakesMoreThanItsWindowIsSeen() {
        Map<String, String> bug = Map.of("bug", "RR-2", "senders", "2", "queue", "2");
        assertEquals(List.of("windowsAreNotExceeded"), violated(bug, ALL));
    }

    @Test
    void aMessageForWhichNoTimerTicksIsSeen() {
        assertEquals(List.of("ticksWhenNeeded"), violated(Map.of("bug", "RR-3"), ALL));
    }

    /** What the layer itself counts as open does not tell. */
    @Test
    void anOutcomeThatIsNotToldIsMissed() {
        assertEquals(List.of("everythingHasEnded"), violated(Map.of("bug", "RR-4", "ticks", "1"), walks(20)));
    }

    @Test
    void messagesThatComeRoundAgainEnd() {
        Map<String, String> back = Map.of("turnsBack", "true", "nodes", "4", "breaks", "1", "ticks", "8");
        assertEquals(List.of(), violated(back, ALL));
        assertEquals(List.of(), violated(back, walks(40)));
    }
}
