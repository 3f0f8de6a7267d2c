package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.Inquiry;
import dev.foresail.predictor.fixture.InquiryMachine;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Latencies;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.RandomModels;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.CausalOrder;
import dev.foresail.predictor.trace.Shrinker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Orders of events that the bounds on latencies and timers exclude are not explored. */
final class PruningByTimeTest {
    private static final SearchSettings WHOLE = SearchSettings.DEFAULT.beyondViolations();
    private static final long MILLISECOND = 1_000_000;
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final Latencies UP_TO_100_MS = Latencies.between(MILLISECOND, 100 * MILLISECOND);

    private static <S> SearchReport search(SystemModel<S> model, SearchSettings settings) {
        return new Explorer<>(model, SearchResources.of(Runnable::run)).search(settings);
    }

    /** Two nodes. */
    private static SystemModel.Builder<Inquiry> inquiry(String patience) {
        return SystemModel.of(new InquiryMachine())
                .node(ONE, Map.of("patience", patience))
                .node(TWO, Map.of("patience", patience));
    }

    /** n1 has asked n2. */
    private static SystemModel.Builder<Inquiry> asked(String patience) {
        return inquiry(patience).initially(world -> world.call(ONE, "ask", TWO));
    }

    private static void assertWorlds(List<Long> byDepth, long transitions, SearchReport report) {
        assertEquals(byDepth, report.worldsByDepth());
        assertEquals(transitions, report.transitions());
        assertEquals(Ended.EXHAUSTED, report.ended());
    }

    /**
     * The question is under way, the answer is, it has come; and each of them after giving up. The one who gives up
     * leaves each of the first two.
     */
    @Test
    void withoutBoundsGivingUpMayComeAtAnyTime() {
        SearchReport report = search(asked("1s").build(), WHOLE);
        assertWorlds(List.of(1L, 2L, 2L, 1L), 6, report);
        assertEquals("nobodyGaveUp", report.violations().get(0).property());
    }

    /** Question and answer are under way for 200 ms together, so that nobody gives up after a second: three worlds. */
    @Test
    void anAnswerThatComesInTimeIsNeverTooLate() {
        SearchReport report = search(asked("1s").timed(UP_TO_100_MS).build(), WHOLE);
        assertWorlds(List.of(1L, 1L, 1L), 2, report);
        assertEquals(List.of(), report.violations());
    }

    /**
     * With 150 ms the question arrives in time: the timer is left with 50 to 149 ms, the answer with 1 to 100 ms. Both may
     * be next; after giving up the answer is still to come.
     */
    @Test
    void anAnswerThatMayBeTooLateMayCome() {
        SearchReport report = search(asked("150ms").timed(UP_TO_100_MS).build(), WHOLE);
        assertWorlds(List.of(1L, 1L, 2L, 1L), 4, report);
        assertEquals(2, report.violations().get(0).depth());
    }

    @Test
    void boundsAreInclusiveAndRoundedSoThatNothingIsLost() {
        Latencies exact = Latencies.between(50 * MILLISECOND, 50 * MILLISECOND);
        assertEquals(1, violations("100ms", exact), "answer and timer at the same moment");
        assertEquals(0, violations("101ms", exact));
        assertEquals(1, violations("101ms", exact.withUnit(10 * MILLISECOND)), "100 to 110 ms, and 100 ms");
        assertEquals(0, violations("110ms", exact.withUnit(10 * MILLISECOND)));
        Latencies within = Latencies.between(41 * MILLISECOND, 49 * MILLISECOND);
        assertEquals(0, violations("99ms", within));
        assertEquals(
                1, violations("99ms", within.withUnit(10 * MILLISECOND)), "each way up to 50 ms, the timer from 90");
        assertEquals(0, violations("99ms", exact.withLink(TWO, ONE, 0, 48 * MILLISECOND)));
    }

    private static int violations(String patience, Latencies latencies) {
        return search(asked(patience).timed(latencies).build(), WHOLE)
                .violations()
                .size();
    }

    /** Who may give up 150 ms after the snapshot may do so at once; n1 had asked long ago. */
    @Test
    void ofASnapshotOnlyTheTimeLeftIsKnown() {
        SystemModel.Builder<Inquiry> builder = inquiry("1s");
        Inquiry asking = builder.create(ONE);
        SystemModel.Builder<Inquiry> model = builder.timed(Latencies.between(40 * MILLISECOND, 60 * MILLISECOND))
                .initially(world -> world.state(ONE, asking, "patience")
                        .timerLeft(ONE, "patience", 30 * MILLISECOND)
                        .inFlight(ONE, TWO, new Inquiry.Question()));
        // The answer takes 40 ms from now at least, which is too late: only question and timer may change places. Then
        // it
        // is under way for 40 to 60 ms more, or for 10 to 60, which are two worlds until it has come.
        SearchReport report = search(model.build(), WHOLE);
        assertWorlds(List.of(1L, 2L, 2L, 1L), 6, report);
    }

    @Test
    void aRestartedNodeMayTakeItsTime() {
        // The crash takes the timer, the question and the answer with it; the node begins anew without patience.
        SearchReport report = search(
                asked("1s")
                        .timed(UP_TO_100_MS)
                        .failures(Failures.NONE.withCrashes(1).withRestarts())
                        .build(),
                WHOLE);
        assertEquals(Ended.EXHAUSTED, report.ended());
        assertEquals(
                List.of("nobodyGaveUp"),
                report.violations().stream().map(Violation::property).toList(),
                "n2 crashes, and n1 waits for an answer that is lost");
        assertEquals(2, report.violations().get(0).depth());
    }

    /** Where no bound says anything, pruning leaves nothing out, and counts nothing twice. */
    @Test
    void boundsThatSayNothingChangeNothing() {
        Latencies nothing = Latencies.between(0, Latencies.UNBOUNDED)
                .withTimerSlack(Latencies.UNBOUNDED)
                .withUnit(1_000_000_000_000L);
        Property.check(22, 60, choices -> {
            SystemModel.Builder<Automaton> model = RandomModels.deliveringOnce(choices, 0);
            SearchReport untimed = search(model.build(), WHOLE.withMaxDepth(6));
            SearchReport timed = search(model.timed(nothing).build(), WHOLE.withMaxDepth(6));
            assertEquals(untimed.worldsByDepth(), timed.worldsByDepth());
            assertEquals(untimed.transitions(), timed.transitions());
            assertEquals(untimed.violations(), timed.violations());
        });
    }

    /** What the bounds exclude is neither a shorter way nor an order to show. */
    @Test
    void aPathIsShortenedAndArrangedWithinTheBounds() {
        SystemModel<Inquiry> model = asked("150ms").timed(UP_TO_100_MS).build();
        Violation found = search(model, WHOLE).violations().get(0);
        assertEquals(2, found.depth());
        assertEquals(found, new Shrinker<>(model, 100).shrink(found));
        assertEquals(found, new CausalOrder<>(model).of(found));
        SystemModel<Inquiry> untimed = asked("150ms").build();
        assertEquals(1, new Shrinker<>(untimed, 100).shrink(found).depth());
    }

    @Test
    void whatHasNoLatestTimeDoesNotGoWithBounds() {
        IllegalArgumentException again = assertThrows(
                IllegalArgumentException.class,
                () -> inquiry("1s")
                        .network(Network.DUPLICATING)
                        .timed(UP_TO_100_MS)
                        .build());
        assertTrue(again.getMessage().contains("not DUPLICATING"), again.getMessage());
        IllegalArgumentException stays = assertThrows(
                IllegalArgumentException.class,
                () -> inquiry("1s").unhandledStaysPending().timed(UP_TO_100_MS).build());
        assertTrue(stays.getMessage().contains("unhandledStaysPending"), stays.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Latencies.between(5, 4));
        assertThrows(IllegalArgumentException.class, () -> Latencies.between(-1, 4));
        assertThrows(IllegalArgumentException.class, () -> UP_TO_100_MS.withTimerSlack(-1));
        assertThrows(IllegalArgumentException.class, () -> UP_TO_100_MS.withUnit(0));
    }

    @Test
    void walksAndConsequencePredictionKeepToTheBoundsToo() {
        SystemModel<Inquiry> model = inquiry("1s")
                .offer(2, ONE, "ask", TWO)
                .offer(2, TWO, "ask", ONE)
                .timed(UP_TO_100_MS)
                .build();
        assertEquals(
                List.of(), search(model, WHOLE.withKind(SearchKind.CONSEQUENCE)).violations());
        assertEquals(
                List.of(),
                search(model, WHOLE.withKind(SearchKind.WALK).withWalks(50)).violations());
    }
}
