package dev.foresail.predictor.reference;

import static dev.foresail.predictor.reference.Worlds.ONE;
import static dev.foresail.predictor.reference.Worlds.TWO;
import static dev.foresail.predictor.reference.Worlds.call;
import static dev.foresail.predictor.reference.Worlds.delivery;
import static dev.foresail.predictor.reference.Worlds.parcels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveExplorerTest {
    private static final NaiveExplorer EXPLORER = new NaiveExplorer(SearchResources.of(Runnable::run), true);
    private static final SearchSettings ALL = SearchSettings.DEFAULT;

    /** The figures of TLC for TwoPhase.tla, whose depth counts worlds and whose transitions count the initial world. */
    @Test
    void twoPhaseCommitHasAsManyWorldsAsTlcCounts() {
        for (boolean wholeBytes : new boolean[] {true, false}) {
            SearchReport report =
                    new NaiveExplorer(SearchResources.of(Runnable::run), wholeBytes).search(TwoPhase.model(3), ALL);
            assertEquals(288, report.distinctWorlds());
            assertEquals(1146 - 1, report.transitions());
            assertEquals(11 - 1, report.maxDepth());
            assertEquals(SearchReport.Outcome.HOLDS, report.outcome());
            assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        }
    }

    /** Two offices may open, once each; when both are open a property is violated. */
    private static SystemModel.Builder<Parcels> twoOffices() {
        return parcels(2, Network.ORDERED).offer(1, ONE, "open").offer(1, TWO, "open");
    }

    @Test
    void aViolationEndsTheSearchAtItsDepthWithTheShortestPath() {
        SearchReport report =
                EXPLORER.search(twoOffices().offer(1, ONE, "befriend", TWO).build(), ALL);
        assertEquals(
                List.of(new Violation("somebodyIsClosed", false, 0, List.of(call(ONE, "open"), call(TWO, "open")), "")),
                report.violations());
        assertEquals(SearchReport.Ended.VIOLATION, report.ended());
        assertEquals(List.of(1L, 3L, 3L), report.worldsByDepth(), "the whole depth is looked at");
        assertEquals(2, report.maxDepth());
    }

    @Test
    void aSearchBeyondViolationsGoesOn() {
        SearchReport report =
                EXPLORER.search(twoOffices().offer(1, ONE, "befriend", TWO).build(), ALL.beyondViolations());
        assertEquals(List.of(1L, 3L, 3L, 1L), report.worldsByDepth());
        assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        assertEquals(SearchReport.Outcome.VIOLATED, report.outcome());
    }

    @Test
    void aHandlerThatThrowsIsAViolationAndATransitionButNoWorld() {
        SearchReport report = EXPLORER.search(
                parcels(1, Network.ORDERED).offer(ONE, "spill", TWO).build(), ALL);
        assertEquals(1, report.distinctWorlds());
        assertEquals(1, report.transitions());
        assertEquals(1, report.handlerRuns());
        Violation violation = report.violations().get(0);
        assertEquals(SystemModel.HANDLER_THREW, violation.property());
        assertEquals(List.of(call(ONE, "spill", TWO)), violation.actions());
        assertTrue(violation.detail().contains("FS107"), violation.detail());
    }

    @Test
    void worldsOutsideTheConstraintsDoNotCountNorTheTransitionsToThem() {
        SearchReport report = EXPLORER.search(
                twoOffices().constraint(system -> !system.state(ONE).isOpen()).build(), ALL);
        assertEquals(2, report.distinctWorlds());
        assertEquals(1, report.transitions());
        assertEquals(SearchReport.Outcome.HOLDS, report.outcome());
    }

    @Test
    void limitsEndTheSearch() {
        SystemModel<TwoPhase> model = TwoPhase.model(3);
        SearchReport shallow = EXPLORER.search(model, ALL.withMaxDepth(1));
        assertEquals(SearchReport.Ended.DEPTH, shallow.ended());
        assertEquals(List.of(1L, 7L), shallow.worldsByDepth(), "2 ways for each resource manager, 1 abort");
        SearchReport few = EXPLORER.search(model, ALL.withMaxWorlds(20));
        assertEquals(SearchReport.Ended.WORLDS, few.ended());
        assertEquals(20, few.distinctWorlds());
        assertEquals(SearchReport.Outcome.UNKNOWN, few.outcome());
        SearchResources interrupted = new SearchResources(
                Runnable::run, () -> 0, () -> 0, () -> true, (depth, worlds, transitions, frontier) -> {});
        assertEquals(
                SearchReport.Ended.INTERRUPTED,
                new NaiveExplorer(interrupted, true).search(model, ALL).ended());
    }

    /** Both call in any order when exhaustive; with consequence prediction node 2 calls in its first local state once. */
    @Test
    void consequencePredictionExpandsInternalActionsOncePerLocalStateAndDeliveriesAlways() {
        SystemModel<Parcels> model = parcels(2, Network.ORDERED)
                .offer(1, ONE, "leaflet", TWO, 1)
                .offer(1, TWO, "leaflet", ONE, 2)
                .build();
        SearchReport whole = EXPLORER.search(model, ALL);
        assertEquals(List.of(1L, 2L, 3L, 2L, 1L), whole.worldsByDepth());
        SearchReport chains = EXPLORER.search(model, ALL.withKind(SearchKind.CONSEQUENCE));
        assertEquals(List.of(1L, 2L, 2L), chains.worldsByDepth(), "a call, and what comes of it");
        assertEquals(SearchReport.Outcome.UNKNOWN, chains.outcome());
        SearchReport more =
                EXPLORER.search(model, ALL.withKind(SearchKind.CONSEQUENCE).withExpansions(100));
        assertEquals(whole.worldsByDepth(), more.worldsByDepth());
    }

    @Test
    void aViolatedInitialWorldIsAPathWithoutActions() {
        SearchReport report = EXPLORER.search(
                parcels(2, Network.ORDERED)
                        .initially(world -> {})
                        .initially(world -> world.call(ONE, "open").call(TWO, "open"))
                        .build(),
                ALL);
        assertEquals(List.of(new Violation("somebodyIsClosed", false, 1, List.of(), "")), report.violations());
        assertEquals(List.of(2L), report.worldsByDepth());
        assertEquals(0, report.transitions());
    }

    @Test
    void walksAreNotForIt() {
        SystemModel<Parcels> model = parcels(1, Network.ORDERED).build();
        assertThrows(IllegalArgumentException.class, () -> EXPLORER.search(model, ALL.withKind(SearchKind.WALK)));
    }

    @Test
    void deliveriesWithoutEffectAreTransitions() {
        SearchReport report = EXPLORER.search(
                parcels(2, Network.DUPLICATING)
                        .initially(world -> world.inFlight(ONE, TWO, new Parcels.Leaflet(1)))
                        .build(),
                ALL);
        assertEquals(1, report.distinctWorlds());
        assertEquals(1, report.transitions(), delivery(TWO, ONE, new Parcels.Leaflet(1)) + " changes nothing");
        assertEquals(0, report.handlerRuns());
    }
}
