package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.Errand;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.RandomModels;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchReport.Outcome;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class BreadthFirstTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    /** 1,568 worlds, the last after 13 actions. */
    private static final SystemModel<TwoPhase> TWO_PHASE = TwoPhase.model(4);

    private static final SearchReport WHOLE = search(TWO_PHASE, SearchSettings.DEFAULT);

    private static SearchReport search(SystemModel<?> model, SearchSettings settings) {
        return new Explorer<>(model, RESOURCES).search(settings);
    }

    private static SearchReport search(
            SearchSettings settings, LongSupplier clock, LongSupplier heap, BooleanSupplier interrupted) {
        SearchResources resources = new SearchResources(
                Runnable::run, clock, heap, interrupted, (depth, worlds, transitions, frontier) -> {});
        return new Explorer<>(TWO_PHASE, resources).search(settings);
    }

    /** What it has seen is right, but it has not seen everything and does not say that anything holds. */
    private static void assertUnfinished(Ended ended, SearchReport report) {
        assertEquals(ended, report.ended());
        assertEquals(Outcome.UNKNOWN, report.outcome());
        assertEquals(List.of(), report.violations());
        assertTrue(report.distinctWorlds() < WHOLE.distinctWorlds(), report.distinctWorlds() + " worlds");
        assertEquals(report.worldsByDepth().size() - 1, report.maxDepth());
        assertEquals(WHOLE.worldsByDepth().subList(0, report.maxDepth() + 1), report.worldsByDepth());
        assertEquals(
                report.distinctWorlds(),
                report.worldsByDepth().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void withoutLimitsEverythingIsSeenAndHolds() {
        assertEquals(Ended.EXHAUSTED, WHOLE.ended());
        assertEquals(Outcome.HOLDS, WHOLE.outcome());
        assertEquals(1_568, WHOLE.distinctWorlds());
        assertEquals(13, WHOLE.maxDepth());
    }

    @Test
    void noPathIsLongerThanTheDepthSays() {
        SearchReport report = search(TWO_PHASE, SearchSettings.DEFAULT.withMaxDepth(5));
        assertUnfinished(Ended.DEPTH, report);
        assertEquals(5, report.maxDepth());
        SearchReport none = search(TWO_PHASE, SearchSettings.DEFAULT.withMaxDepth(0));
        assertUnfinished(Ended.DEPTH, none);
        assertEquals(1, none.distinctWorlds());
        assertEquals(0, none.transitions());
    }

    @Test
    void itEndsWhenItHasEnoughWorlds() {
        SearchReport report = search(TWO_PHASE, SearchSettings.DEFAULT.withMaxWorlds(100));
        assertUnfinished(Ended.WORLDS, report);
        assertTrue(report.distinctWorlds() >= 100, report.distinctWorlds() + " worlds");
        assertTrue(report.distinctWorlds() - report.worldsByDepth().get(report.maxDepth()) < 100, "but not before");
    }

    @Test
    void itEndsWhenTheTimeIsOver() {
        AtomicLong time = new AtomicLong(1_000);
        SearchReport report =
                search(SearchSettings.DEFAULT.withMaxNanos(30), () -> time.getAndAdd(10), () -> 0, () -> false);
        assertUnfinished(Ended.TIME, report);
        assertTrue(report.maxDepth() > 0, "it began");
        assertTrue(report.nanos() >= 30, report.nanos() + " ns");
    }

    @Test
    void itEndsWhenTheHeapIsFull() {
        AtomicLong heap = new AtomicLong();
        SearchReport report = search(
                SearchSettings.DEFAULT.withMaxHeapBytes(4_000), () -> 0, () -> heap.addAndGet(1_000), () -> false);
        assertUnfinished(Ended.MEMORY, report);
        assertEquals(4, report.maxDepth());
    }

    @Test
    void itEndsWithWhatItHasWhenItIsInterrupted() {
        AtomicLong asked = new AtomicLong();
        SearchReport report = search(SearchSettings.DEFAULT, () -> 0, () -> 0, () -> asked.incrementAndGet() == 3);
        assertUnfinished(Ended.INTERRUPTED, report);
        assertEquals(3, report.maxDepth());
    }

    @Test
    void predictionNeverSaysThatSomethingHolds() {
        SearchReport report = search(TWO_PHASE, SearchSettings.DEFAULT.withKind(SearchKind.CONSEQUENCE));
        assertEquals(Ended.EXHAUSTED, report.ended());
        assertEquals(Outcome.UNKNOWN, report.outcome());
    }

    @Test
    void itEndsAtTheDepthOfTheFirstViolationOrGoesBeyond() {
        SystemModel<Errand> model = Errand.model(9, 4, "walk", "takeTheWrongTurning", "lookAround");
        SearchReport first = search(model, SearchSettings.DEFAULT);
        assertEquals(Ended.VIOLATION, first.ended());
        assertEquals(Outcome.VIOLATED, first.outcome());
        assertEquals(4, first.maxDepth());
        assertEquals(4, first.violations().get(0).depth());
        SearchReport beyond = search(model, SearchSettings.DEFAULT.beyondViolations());
        assertEquals(Ended.EXHAUSTED, beyond.ended());
        assertEquals(Outcome.VIOLATED, beyond.outcome());
        assertEquals(first.violations(), beyond.violations());
        assertTrue(beyond.distinctWorlds() > first.distinctWorlds(), "there is more");
    }

    @Test
    void theListenerHearsOfEveryLevel() {
        List<String> heard = new ArrayList<>();
        SearchResources resources = new SearchResources(
                Runnable::run,
                () -> 0,
                () -> 0,
                () -> false,
                (depth, worlds, transitions, frontier) -> heard.add(depth + " " + worlds + " " + frontier));
        new Explorer<>(Errand.model(2, 9, "walk"), resources).search(SearchSettings.DEFAULT);
        assertEquals(List.of("0 2 1", "1 3 1", "2 3 1"), heard);
    }

    @Test
    void theOddsOfACollisionAreThoseOfTheBirthdayBound() {
        // Of the worlds, and of the answers that are remembered of them.
        assertEquals(1_568.0 * 1_568.0 / 0x1p64, WHOLE.collisionOdds());
        SearchReport wide = search(TWO_PHASE, SearchSettings.DEFAULT.withWideFingerprints());
        assertEquals(1_568.0 * 1_568.0 / 0x1p64 / 0x1p64, wide.collisionOdds());
    }

    @Test
    void theHandlerRunsOfAReportAreThoseOfItsSearch() {
        Explorer<TwoPhase> explorer = new Explorer<>(TWO_PHASE, RESOURCES);
        SearchReport some = explorer.search(SearchSettings.DEFAULT.withMaxDepth(3));
        SearchReport whole = explorer.search(SearchSettings.DEFAULT);
        SearchReport again = explorer.search(SearchSettings.DEFAULT);
        SearchReport walks =
                explorer.search(SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(500));
        assertTrue(some.handlerRuns() > 0);
        assertEquals(WHOLE.handlerRuns(), some.handlerRuns() + whole.handlerRuns());
        assertEquals(0, again.handlerRuns());
        assertEquals(0, walks.handlerRuns());
    }

    @Test
    void anyNumberOfWorkersGivesTheSameReportOfLargerModels() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            assertSameForAnyNumberOfWorkers(TwoPhase.model(5), SearchSettings.DEFAULT, pool);
            Property.check(21, 12, choices -> {
                SystemModel<Automaton> model = RandomModels.draw(choices);
                SearchSettings settings =
                        SearchSettings.DEFAULT.beyondViolations().withMaxWorlds(20_000);
                assertSameForAnyNumberOfWorkers(model, settings, pool);
                assertSameForAnyNumberOfWorkers(model, settings.withKind(SearchKind.CONSEQUENCE), pool);
            });
        } finally {
            pool.shutdownNow();
        }
    }

    /** One worker has never met a world in which it had to look at the last switch, when it is that one's turn. */
    @Test
    void noWorkerOverlooksWhatOnlyAnotherKnewToMatter() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int nodes = 2; nodes <= 6; nodes++) {
                SystemModel.Builder<Switches> model =
                        SystemModel.of(new SwitchesMachine()).nodes(nodes);
                for (int node = 1; node <= nodes; node++) {
                    model.offer(NodeId.of(node), "toggle");
                }
                SystemModel<Switches> switches = model.build();
                assertEquals(
                        nodes,
                        search(switches, SearchSettings.DEFAULT)
                                .violations()
                                .get(0)
                                .depth());
                assertSameForAnyNumberOfWorkers(switches, SearchSettings.DEFAULT, pool);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Without a clock the reports are equal to the last figure, paths included. */
    private static void assertSameForAnyNumberOfWorkers(
            SystemModel<?> model, SearchSettings settings, ExecutorService pool) {
        SearchResources resources = SearchResources.of(pool);
        SearchReport one = new Explorer<>(model, resources).search(settings);
        for (int workers = 2; workers <= 3; workers++) {
            assertEquals(one, new Explorer<>(model, resources).search(settings.withWorkers(workers)));
        }
    }

    /** That they are shortest {@link ExplorerAgainstReferenceTest} sees. */
    @Test
    void everyPathLeadsToItsViolationAndToNoneBefore() {
        int[] replayed = new int[1];
        Property.check(22, 30, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            SearchSettings settings = SearchSettings.DEFAULT.beyondViolations().withMaxDepth(7);
            for (SearchKind kind : List.of(SearchKind.EXHAUSTIVE, SearchKind.CONSEQUENCE)) {
                for (Violation violation :
                        search(model, settings.withKind(kind)).violations()) {
                    replay(model, violation);
                    replayed[0]++;
                }
            }
        });
        assertTrue(replayed[0] > 15, replayed[0] + " violations");
    }

    private static <S> void replay(SystemModel<S> model, Violation violation) {
        if (violation.property().equals(SystemModel.HANDLER_THREW) && violation.depth() == 0) {
            assertTrue(ReferenceWorld.beginning(model).thrown().isPresent(), "a beginning threw");
            return;
        }
        ReferenceWorld<S> world = ReferenceWorld.initial(model).get(violation.initialWorld());
        boolean threw = false;
        for (Action action : violation.actions()) {
            assertTrue(!threw && !world.violatedProperties().contains(violation.property()), violation.toString());
            ReferenceWorld.Taken<S> taken = world.take(action);
            threw = taken.thrown().isPresent();
            world = taken.world();
        }
        boolean violated = violation.property().equals(SystemModel.HANDLER_THREW)
                ? threw
                : world.violatedProperties().contains(violation.property());
        assertTrue(violated, violation.toString());
        assertTrue(world.isWithinConstraints() || threw, violation.toString());
    }
}
