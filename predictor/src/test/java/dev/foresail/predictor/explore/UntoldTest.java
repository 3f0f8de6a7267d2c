package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Beacon;
import dev.foresail.predictor.fixture.BeaconMachine;
import dev.foresail.predictor.fixture.Errand;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchReport.Outcome;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A property that asks for a node that is down, or that is not there, neither holds nor is violated. */
final class UntoldTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings WALKS =
            SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(100).withMaxDepth(50);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final int NOWHERE = -1;

    private static SearchReport search(SystemModel<?> model, SearchSettings settings) {
        return new Explorer<>(model, RESOURCES).search(settings);
    }

    private static void assertUntold(List<String> untold, SearchReport report) {
        assertEquals(List.of(), report.violations());
        assertEquals(Ended.EXHAUSTED, report.ended());
        assertEquals(untold, report.untold());
        assertEquals(Outcome.UNKNOWN, report.outcome());
    }

    @Test
    void whatAsksForANodeThatIsNotThereDoesNotHold() {
        assertUntold(List.of("theThirdIsDark"), search(Beacon.model(2).build(), SearchSettings.DEFAULT));
        SearchReport three = search(Beacon.model(3).build(), SearchSettings.DEFAULT);
        assertEquals(List.of(), three.untold());
        assertEquals(Outcome.HOLDS, three.outcome());
    }

    @Test
    void whatAsksForANodeThatMayBeDownDoesNotHoldEither() {
        SystemModel<Beacon> model =
                Beacon.model(3).failures(Failures.NONE.withCrashes(1, THREE)).build();
        assertUntold(List.of("theThirdIsDark"), search(model, SearchSettings.DEFAULT));
    }

    @Test
    void whatIsViolatedInOneWorldAndCannotBeToldInAnotherIsViolated() {
        SystemModel<Beacon> model = Beacon.model(2).offer(1, TWO, "light").build();
        SearchReport report = search(model, SearchSettings.DEFAULT.beyondViolations());
        assertEquals(List.of("theThirdIsDark"), report.untold());
        assertEquals(
                List.of("theFirstTwoAreNotBothLit"),
                report.violations().stream().map(Violation::property).toList());
        assertEquals(Outcome.VIOLATED, report.outcome());
    }

    @Test
    void nothingHoldsInAModelThatHasNotAllNodes() {
        SearchReport report = search(Beacon.model(3).incomplete().build(), SearchSettings.DEFAULT);
        assertEquals(List.of(), report.untold());
        assertEquals(Outcome.UNKNOWN, report.outcome());
    }

    @Test
    void explorerAndReferenceAgreeOnWhatCannotBeTold() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            SearchResources resources = SearchResources.of(pool);
            Set<List<String>> seen = new HashSet<>();
            Property.check(41, 60, choices -> {
                SystemModel<Beacon> model = beacons(choices);
                SearchSettings settings = SearchSettings.DEFAULT.beyondViolations();
                SearchReport expected = new NaiveExplorer(RESOURCES, false).search(model, settings);
                for (int workers = 1; workers <= 3; workers++) {
                    SearchReport found = new Explorer<>(model, resources).search(settings.withWorkers(workers));
                    assertEquals(Set.copyOf(expected.untold()), Set.copyOf(found.untold()));
                    assertEquals(expected.outcome(), found.outcome());
                }
                seen.add(expected.untold());
            });
            assertTrue(seen.size() > 2, seen::toString);
        } finally {
            pool.shutdownNow();
        }
    }

    private static SystemModel<Beacon> beacons(Choices choices) {
        int count = 1 + choices.below(4);
        SystemModel.Builder<Beacon> model = Beacon.model(count);
        for (int left = choices.below(3); left > 0; left--) {
            model.offer(1, NodeId.of(1 + choices.below(count)), choices.oneOf(List.of("light", "extinguish")));
        }
        if (choices.below(3) == 0) {
            Failures failures = Failures.NONE.withCrashes(1, NodeId.of(1 + choices.below(count)));
            model.failures(choices.below(2) == 0 ? failures : failures.withRestarts());
        }
        if (choices.below(5) == 0) {
            model.incomplete();
        }
        return model.build();
    }

    /** Once it came out as violated by every walk. */
    @Test
    void aWalkAtWhoseEndNothingCanBeSaidShowsNothing() {
        SearchReport report = search(Beacon.model(2).build(), WALKS);
        assertUntold(List.of("theThirdIsDark", "theThirdIsLit"), report);
    }

    @Test
    void whatCanBeToldAndDoesNotHoldIsViolatedAllTheSame() {
        SystemModel<Beacon> model = SystemModel.of(new BeaconMachine()).nodes(2).build();
        Violation violation = search(model, WALKS).violations().get(0);
        assertEquals("theFirstIsLit", violation.property());
        assertEquals(List.of(), violation.actions());
    }

    @Test
    void whatIsDownAtTheEndOfAWalkMayYetBeLitForAllThatIsKnown() {
        SystemModel<Beacon> model =
                Beacon.model(3).failures(Failures.NONE.withCrashes(1, THREE)).build();
        SearchReport report = search(model, WALKS.beyondViolations());
        assertEquals(
                List.of("theThirdIsLit"),
                report.violations().stream().map(Violation::property).toList());
        assertEquals(List.of("theThirdIsDark", "theThirdIsLit"), report.untold());
    }

    /** The first is lit at a moment of which nothing else is known to be wrong; that it is dark at the end is no matter. */
    @Test
    void whatHasHeldWhereTheOthersCannotBeToldHasHeld() {
        WorldSpace space =
                new WorldSpace(Beacon.model(2).offer(1, ONE, "extinguish").build());
        int[] dark = space.beginnings().worlds().get(0).row();
        Walker.Walk walk = new Walker(space, 50, false).walk(dark, 0, RandomStream.of(1, "walk"));
        assertEquals(Walker.End.UNTOLD, walk.end());
        assertEquals(2, walk.actions().size());
    }

    @Test
    void thatAllKnownNodesGetThereSaysNothingOfTheOthers() {
        SystemModel<Errand> model =
                Errand.described(6, NOWHERE, "walk").incomplete().build();
        assertUntold(List.of("theGoalIsReached"), search(model, WALKS));
    }
}
