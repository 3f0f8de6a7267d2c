package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Dice;
import dev.foresail.predictor.fixture.DiceMachine;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchReport.Outcome;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Beginnings that fail, that strangers have to do with, or of which there are too many. */
final class HardBeginningsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId NINE = NodeId.of(9);
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings WHOLE = SearchSettings.DEFAULT.beyondViolations();

    private static SearchResources resources(LongSupplier clock, BooleanSupplier interrupted) {
        return new SearchResources(
                Runnable::run, clock, () -> 0, interrupted, (depth, worlds, transitions, frontier) -> {});
    }

    private static SystemModel.Builder<Dice> dice(int nodes, Map<String, ?> parameters) {
        SystemModel.Builder<Dice> model = SystemModel.of(new DiceMachine());
        for (int node = 1; node <= nodes; node++) {
            model.node(NodeId.of(node), parameters);
        }
        return model;
    }

    private static void assertSameAsReference(SystemModel<?> model) {
        for (SearchKind kind : List.of(SearchKind.EXHAUSTIVE, SearchKind.CONSEQUENCE)) {
            SearchReport expected = new NaiveExplorer(RESOURCES, false).search(model, WHOLE.withKind(kind));
            SearchReport found = new Explorer<>(model, RESOURCES).search(WHOLE.withKind(kind));
            assertEquals(expected.worldsByDepth(), found.worldsByDepth());
            assertEquals(expected.transitions(), found.transitions());
            assertEquals(
                    expected.violations().stream().map(Violation::property).toList(),
                    found.violations().stream().map(Violation::property).toList());
        }
    }

    @Test
    void anInitialCallWithoutAnEnabledHandlerIsAViolation() {
        SystemModel<Parcels> model = SystemModel.of(new ParcelsMachine())
                .nodes(1)
                .initially(world -> world.call(ONE, "open").call(ONE, "open"))
                .build();
        for (SearchKind kind : SearchKind.values()) {
            SearchReport report = new Explorer<>(model, RESOURCES).search(WHOLE.withKind(kind));
            assertEquals(Outcome.VIOLATED, report.outcome());
            assertEquals(SystemModel.HANDLER_THREW, report.violations().get(0).property());
            assertTrue(report.violations().get(0).detail().contains("FS105"), report::toString);
        }
        assertSameAsReference(model);
    }

    /** What is remembered of the call that is offered must not answer for the initial one, nor the other way round. */
    @Test
    void theSameCallMayBeOfferedAndIsThenJustNotEnabled() {
        SystemModel.Builder<Parcels> model = SystemModel.of(new ParcelsMachine())
                .nodes(1)
                .offer(1, ONE, "open")
                .initially(world -> world.call(ONE, "open"))
                .initially(world -> world.call(ONE, "open").call(ONE, "open"));
        Explorer<Parcels> explorer = new Explorer<>(model.build(), RESOURCES);
        for (int search = 0; search < 2; search++) {
            SearchReport report = explorer.search(WHOLE);
            assertEquals(1, report.distinctWorlds());
            assertEquals(0, report.transitions());
            assertTrue(report.violations().get(0).detail().contains("FS105"), report::toString);
        }
        assertSameAsReference(model.build());
    }

    @Test
    void nothingIsSaidToHoldInNoWorldAtAll() {
        SystemModel<Dice> model = dice(1, Map.of()).constraint(system -> false).build();
        SearchReport report = new Explorer<>(model, RESOURCES).search(WHOLE);
        assertEquals(0, report.distinctWorlds());
        assertEquals(Ended.EXHAUSTED, report.ended());
        assertEquals(Outcome.UNKNOWN, report.outcome());
    }

    @Test
    void whatAStrangerHasSentIsDelivered() {
        for (Network network : List.of(Network.ORDERED, Network.UNORDERED)) {
            SystemModel<Parcels> model = SystemModel.of(new ParcelsMachine())
                    .nodes(2)
                    .network(network)
                    .failures(Failures.NONE.withCrashes(1).withRestarts())
                    .initially(world -> world.call(ONE, "open")
                            .inFlight(NINE, ONE, new Parcels.Leaflet(3))
                            .inFlight(TWO, ONE, new Parcels.Leaflet(1)))
                    .initially(world -> world.call(ONE, "open").inFlight(NodeId.of(0), ONE, new Parcels.Leaflet(3)))
                    .build();
            SearchReport report = new Explorer<>(model, RESOURCES).search(WHOLE);
            assertTrue(report.distinctWorlds() > 20, report::toString);
            assertSameAsReference(model);
        }
    }

    @Test
    void aPathWithAStrangersMessageIsRecordedAndReplays() {
        SystemModel<Parcels> model = SystemModel.of(new ParcelsMachine())
                .nodes(1)
                .initially(world -> world.inFlight(NINE, ONE, new Parcels.Order(3)))
                .build();
        Violation violation =
                new Explorer<>(model, RESOURCES).search(WHOLE).violations().get(0);
        Trace trace =
                Replay.record(model, new Trace.Origin("parcels", "none", new TreeMap<>(), Optional.empty()), violation);
        assertTrue(Replay.of(model, trace).run().isViolated());
    }

    @Test
    void aBrokenConnectionIsBetweenNodesOfTheModel() {
        SystemModel.Builder<Parcels> model =
                SystemModel.of(new ParcelsMachine()).nodes(2);
        for (List<NodeId> ends : List.of(List.of(ONE, NINE), List.of(NINE, ONE))) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> model.initially(world -> world.broken(ends.get(0), ends.get(1))));
            assertEquals("the model has no node n9; its nodes are [n1, n2]", refused.getMessage());
        }
    }

    @Test
    void theWorldsInWhichTheStartThrowsAreLeftOutAndTheOthersKeepTheirOrder() {
        SystemModel<Dice> model =
                dice(2, Map.of("sidesAtStart", 3, "broken", 0, "forbidden", 1)).build();
        ReferenceWorld.Beginning<Dice> beginning = ReferenceWorld.beginning(model);
        WorldSpace space = new WorldSpace(model);
        Beginnings beginnings = space.beginnings();
        List<Beginnings.World> worlds = beginnings.worlds();
        assertEquals(4, worlds.size());
        assertEquals(4, beginning.worlds().size());
        for (int index = 0; index < 4; index++) {
            assertEquals(index, worlds.get(index).number());
            for (int slot = 0; slot < 2; slot++) {
                Dice state = (Dice) space.locals(worlds.get(index).row(), 0)[slot].state;
                assertEquals(
                        beginning.worlds().get(index).state(NodeId.of(slot + 1)).face(), state.face());
            }
        }
        assertEquals("the die broke at 0", last(beginning.thrown()));
        assertEquals("the die broke at 0", last(beginnings.thrown()));
        assertSameAsReference(model);
    }

    private static String last(Optional<RuntimeException> thrown) {
        String message = thrown.orElseThrow().getMessage();
        return message.substring(message.lastIndexOf(": ") + 2);
    }

    @Test
    void anotherViolationThanTheStartsIsRecordedAndReplays() {
        SystemModel<Dice> model =
                dice(1, Map.of("sidesAtStart", 2, "broken", 0, "forbidden", 1)).build();
        List<Violation> violations =
                new Explorer<>(model, RESOURCES).search(WHOLE).violations();
        assertEquals(
                List.of(SystemModel.HANDLER_THREW, "isAllowed"),
                violations.stream().map(Violation::property).toList());
        Trace trace = Replay.record(
                model, new Trace.Origin("dice", "none", new TreeMap<>(), Optional.empty()), violations.get(1));
        assertTrue(Replay.of(model, trace).run().isViolated());
    }

    /** Ten dice with ten sides could begin in 10^10 ways, were they all remembered. */
    @Test
    void beginningsThatComeToTheSameAreOneAtOnce() {
        SystemModel<Dice> model =
                dice(10, Map.of("sidesAtStart", 10, "remembers", false)).build();
        assertEquals(1, new Explorer<>(model, RESOURCES).search(WHOLE).distinctWorlds());
        assertEquals(1, ReferenceWorld.initial(model).size());
    }

    @Test
    void aSearchMayEndWhileItIsStillMakingItsBeginnings() {
        SystemModel<Dice> model =
                dice(10, Map.of("sidesAtStart", 10, "forbidden", 3)).build();
        SearchSettings most = WHOLE.withMaxWorlds(5_000);
        for (SearchKind kind : SearchKind.values()) {
            SearchReport report = new Explorer<>(model, RESOURCES).search(most.withKind(kind));
            assertEquals(Ended.WORLDS, report.ended());
            AtomicLong asked = new AtomicLong();
            SearchReport interrupted = new Explorer<>(model, resources(() -> 0, () -> asked.incrementAndGet() > 2))
                    .search(WHOLE.withKind(kind));
            assertEquals(Ended.INTERRUPTED, interrupted.ended());
            AtomicLong time = new AtomicLong();
            SearchReport late = new Explorer<>(model, resources(time::incrementAndGet, () -> false))
                    .search(WHOLE.withKind(kind).withMaxNanos(4));
            assertEquals(Ended.TIME, late.ended());
        }
        SearchReport report = new Explorer<>(model, RESOURCES).search(most);
        assertEquals(List.of(5_000L), report.worldsByDepth());
        Violation violation = report.violations().get(0);
        assertEquals(3, violation.initialWorld());
        Trace trace =
                Replay.record(model, new Trace.Origin("dice", "none", new TreeMap<>(), Optional.empty()), violation);
        assertTrue(Replay.of(model, trace).run().isViolated());
    }

    @Test
    void aSearchMayEndInTheMiddleOfAHandlersDecisions() {
        Map<String, ?> atStart = Map.of("sidesAtStart", 1 << 30);
        for (SystemModel<Dice> model : List.of(
                dice(1, Map.of()).offer(ONE, "roll", 1 << 30).build(),
                dice(1, atStart).build())) {
            for (SearchKind kind : SearchKind.values()) {
                AtomicLong asked = new AtomicLong();
                SearchReport report = new Explorer<>(model, resources(() -> 0, () -> asked.incrementAndGet() > 5))
                        .search(WHOLE.withKind(kind));
                assertEquals(Ended.INTERRUPTED, report.ended());
                assertEquals(Outcome.UNKNOWN, report.outcome());
            }
        }
    }

    @Test
    void whatWasBrokenOffIsNotRemembered() {
        SystemModel<Dice> model = dice(1, Map.of()).offer(1, ONE, "roll", 1_000).build();
        AtomicLong asked = new AtomicLong();
        Explorer<Dice> explorer = new Explorer<>(model, resources(() -> 0, () -> asked.incrementAndGet() == 3));
        assertEquals(Ended.INTERRUPTED, explorer.search(WHOLE).ended());
        SearchReport whole = explorer.search(WHOLE);
        assertEquals(Ended.EXHAUSTED, whole.ended());
        assertEquals(List.of(1L, 1_000L), whole.worldsByDepth());
    }
}
