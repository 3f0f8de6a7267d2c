package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.Errand;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.RandomModels;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchReport.Outcome;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class WalksTest {
    private static final SearchSettings WALKS =
            SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(100).withMaxDepth(400);
    private static final int NOWHERE = -1;
    private static final Action WRONG_TURNING =
            new Action.Handle(NodeId.of(1), new Event.Call("takeTheWrongTurning", List.of()), List.of());

    private static SearchReport walk(SystemModel<?> model, SearchSettings settings) {
        return new Explorer<>(model, SearchResources.of(Runnable::run)).search(settings);
    }

    private static SearchReport walk(
            SystemModel<?> model, SearchSettings settings, LongSupplier clock, BooleanSupplier interrupted) {
        SearchResources resources = new SearchResources(
                Runnable::run, clock, () -> 0, interrupted, (depth, worlds, transitions, frontier) -> {});
        return new Explorer<>(model, resources).search(settings);
    }

    private static void assertNothingFound(Ended ended, SearchReport report) {
        assertEquals(List.of(), report.violations());
        assertEquals(Outcome.UNKNOWN, report.outcome());
        assertEquals(ended, report.ended());
    }

    private static void assertLostAtTheTurning(SearchReport report) {
        assertEquals(Outcome.VIOLATED, report.outcome());
        assertEquals(Ended.VIOLATION, report.ended());
        Violation violation = report.violations().get(0);
        assertEquals("theGoalIsReached", violation.property());
        assertTrue(violation.isLiveness());
        int last = violation.depth() - 1;
        assertEquals(WRONG_TURNING, violation.actions().get(last), "the critical transition is the last of the path");
        assertEquals(0, Collections.frequency(violation.actions().subList(0, last), WRONG_TURNING));
        assertTrue(violation.detail().startsWith("action " + (last + 1) + " is critical"), violation.detail());
    }

    @Test
    void oneWrongDecisionLosesTheGoalForEver() {
        SystemModel<Errand> model = Errand.model(6, NOWHERE, "walk", "takeTheWrongTurning", "lookAround");
        for (int seed = 1; seed <= 20; seed++) {
            assertLostAtTheTurning(walk(model, WALKS.withSeed(seed)));
        }
    }

    @Test
    void whoIsStuckIsLostToo() {
        SystemModel<Errand> model = Errand.model(6, NOWHERE, "walk", "takeTheWrongTurning");
        for (int seed = 1; seed <= 20; seed++) {
            assertLostAtTheTurning(walk(model, WALKS.withSeed(seed)));
        }
    }

    /** The actions of any kind that come first use up the whole road: there is nothing left to do at the goal. */
    @Test
    void whoIsAtTheGoalAndHasNothingMoreToDoIsNotStuck() {
        assertNothingFound(Ended.EXHAUSTED, walk(Errand.model(2, NOWHERE, "walk"), WALKS));
    }

    @Test
    void whatAlwaysComesTrueIsNoViolation() {
        SearchReport report = walk(Errand.model(6, NOWHERE, "walk", "lookAround"), WALKS);
        assertNothingFound(Ended.EXHAUSTED, report);
        assertEquals(14, report.distinctWorlds(), "seven places, facing east or not");
    }

    /** The goal is beyond the constraints: that the search does not look there is no mistake of the protocol. */
    @Test
    void whoMayOnlyLeaveTheConstraintsIsNotLost() {
        assertNothingFound(Ended.EXHAUSTED, walk(within(3, "walk"), WALKS));
        assertNothingFound(Ended.EXHAUSTED, walk(within(3, "walk", "lookAround"), WALKS));
    }

    @Test
    void aWrongDecisionWithinTheConstraintsIsFoundAllTheSame() {
        for (int seed = 1; seed <= 20; seed++) {
            assertLostAtTheTurning(walk(within(5, "walk", "takeTheWrongTurning"), WALKS.withSeed(seed)));
            assertLostAtTheTurning(walk(within(5, "walk", "takeTheWrongTurning", "lookAround"), WALKS.withSeed(seed)));
        }
    }

    private static SystemModel<Errand> within(int farthest, String... offers) {
        return Errand.described(6, NOWHERE, offers)
                .constraint(system -> system.state(NodeId.of(1)).place() <= farthest)
                .build();
    }

    /** Some walks end before they get there, but from where they end others do. */
    @Test
    void badLuckIsNoViolation() {
        SearchReport report = walk(Errand.model(1, NOWHERE, "leap"), WALKS.withMaxDepth(8));
        assertNothingFound(Ended.EXHAUSTED, report);
        assertEquals(8, report.maxDepth(), "no walk is longer than it may be");
    }

    @Test
    void whatCanNeverComeTrueIsLostFromTheBeginning() {
        Violation violation =
                walk(Errand.model(6, NOWHERE, "lookAround"), WALKS).violations().get(0);
        assertEquals("theGoalIsReached", violation.property());
        assertEquals(List.of(), violation.actions());
        assertTrue(violation.detail().contains("from the beginning"), violation.detail());
    }

    @Test
    void aWalkFindsWhatIsNotSafeFarAway() {
        SearchReport report = walk(Errand.model(1_000, 300, "walk"), WALKS.withMaxDepth(500));
        assertEquals(Ended.VIOLATION, report.ended());
        Violation violation = report.violations().get(0);
        assertEquals("isWhereItMayBe", violation.property());
        assertEquals(300, violation.depth());
        assertTrue(!violation.isLiveness());
    }

    @Test
    void beyondTheFirstViolationTheOthersAreFoundToo() {
        SystemModel<Errand> model = Errand.model(6, 5, "walk", "takeTheWrongTurning", "lookAround");
        SearchReport report = walk(model, WALKS.beyondViolations());
        assertEquals(
                List.of("isWhereItMayBe", "theGoalIsReached"),
                report.violations().stream().map(Violation::property).toList());
        assertEquals(Ended.EXHAUSTED, report.ended());
    }

    @Test
    void theSameSeedGivesTheSameReportForAnyNumberOfWorkers() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            SearchResources resources = SearchResources.of(pool);
            Property.check(31, 25, choices -> {
                SystemModel<Automaton> model = RandomModels.draw(choices);
                SearchSettings settings = WALKS.withMaxDepth(60).withSeed(choices.below(100));
                SearchReport one = new Explorer<>(model, resources).search(settings);
                for (int workers = 2; workers <= 3; workers++) {
                    assertEquals(one, new Explorer<>(model, resources).search(settings.withWorkers(workers)));
                }
            });
            SystemModel<Errand> model = Errand.model(6, NOWHERE, "walk", "takeTheWrongTurning", "lookAround");
            assertEquals(
                    new Explorer<>(model, resources).search(WALKS),
                    new Explorer<>(model, resources).search(WALKS.withWorkers(3)));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void walksEndWhenTheTimeIsOver() {
        SystemModel<Errand> model = Errand.model(6, NOWHERE, "walk", "lookAround");
        AtomicLong time = new AtomicLong();
        SearchReport report = walk(model, WALKS.withMaxNanos(500), () -> time.getAndAdd(10), () -> false);
        assertNothingFound(Ended.TIME, report);
        assertTrue(report.distinctWorlds() > 1, "it began");
        SearchReport none = walk(model, WALKS.withMaxNanos(0).withWalks(2), () -> 0, () -> false);
        assertNothingFound(Ended.TIME, none);
        assertEquals(0, none.transitions());
    }

    @Test
    void walksEndWhenTheyAreInterruptedOrHaveMetEnoughWorlds() {
        SystemModel<Errand> model = Errand.model(1_000, NOWHERE, "walk");
        AtomicLong asked = new AtomicLong();
        SearchSettings settings = WALKS.withMaxDepth(2_000);
        assertNothingFound(Ended.INTERRUPTED, walk(model, settings, () -> 0, () -> asked.incrementAndGet() > 10));
        assertNothingFound(Ended.WORLDS, walk(model, settings.withMaxWorlds(500)));
    }

    /** Without the time to try it, nobody says which action was critical, nor that a long walk was lost. */
    @Test
    void whereThereIsNoTimeLeftTheCriticalTransitionIsNotGuessed() {
        SystemModel<Errand> stuck = Errand.model(6, NOWHERE, "walk", "takeTheWrongTurning");
        SystemModel<Errand> wandering = Errand.model(6, NOWHERE, "walk", "takeTheWrongTurning", "lookAround");
        // The round's walks ask as they begin; then there is no time left.
        BooleanSupplier[] interrupted = {afterQuestions(32), afterQuestions(32)};
        Violation violation = walk(stuck, WALKS.withWalks(32), () -> 0, interrupted[0])
                .violations()
                .get(0);
        assertTrue(violation.detail().startsWith("there was no time"), violation.detail());
        assertTrue(violation.actions().contains(WRONG_TURNING));
        assertNothingFound(Ended.INTERRUPTED, walk(wandering, WALKS.withWalks(32), () -> 0, interrupted[1]));
    }

    private static BooleanSupplier afterQuestions(int count) {
        AtomicLong asked = new AtomicLong();
        return () -> asked.incrementAndGet() > count;
    }
}
