package dev.foresail.predictor.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Till;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SnapshotModelTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final NodeId ONE = Tills.ONE;
    private static final NodeId TWO = Tills.TWO;
    private static final NodeId NINE = NodeId.of(9);

    private static ChannelCheckpoint channel(long sent, long received, long... logged) {
        List<SentMessage> log = new ArrayList<>();
        for (long sequence : logged) {
            log.add(new SentMessage(sequence, new Till.Deposit((int) sequence)));
        }
        return new ChannelCheckpoint(sent, received, log, List.of());
    }

    private static SystemSnapshot.Known<Till> till(
            NodeId node, List<Event.Delivery> deferred, Map<NodeId, ChannelCheckpoint> channels) {
        List<Object> parameters = List.of(100, Duration.ofSeconds(1));
        Till state = Tills.MACHINE.create(parameters);
        return new SystemSnapshot.Known<>(
                parameters, new Checkpoint<>(node, 1, state, new TreeMap<>(), deferred, new TreeMap<>(channels)));
    }

    @SafeVarargs
    private static SystemSnapshot<Till> of(SystemSnapshot.Known<Till>... tills) {
        SortedMap<NodeId, SystemSnapshot.Known<Till>> nodes = new TreeMap<>();
        for (SystemSnapshot.Known<Till> till : tills) {
            nodes.put(till.checkpoint().node(), till);
        }
        return new SystemSnapshot<>(0, nodes);
    }

    private static List<Integer> amounts(ReferenceWorld<Till> world, NodeId to) {
        return world.inFlightTo(to).stream()
                .map(delivery -> ((Till.Deposit) delivery.message()).amount())
                .toList();
    }

    private static ReferenceWorld<Till> begin(SystemModel.Builder<Till> model) {
        return ReferenceWorld.initial(model.build()).get(0);
    }

    @Test
    void inFlightIsWhatTheSenderHasLoggedAndTheReceiverHasNotReceived() {
        SystemSnapshot<Till> snapshot = of(
                till(ONE, List.of(), Map.of(ONE, channel(2, 1, 1, 2), TWO, channel(6, 1, 2, 3, 4, 5, 6))),
                till(TWO, List.of(), Map.of(ONE, channel(1, 4, 1), NINE, channel(8, 7, 8))));

        ReferenceWorld<Till> world = begin(SnapshotModel.of(Tills.MACHINE, snapshot));

        assertEquals(List.of(5, 6), amounts(world, TWO));
        assertEquals(List.of(2), amounts(world, ONE), "to itself; what n2 has sent is received");
        assertEquals(0, snapshot.unknownInFlight());
        assertEquals(List.of(), snapshot.contradictions());
    }

    @Test
    void withinSomeStepsOnlyTheFirstOfAFlightIsReceivedAndNothingBehindAGap() {
        SystemSnapshot<Till> known = of(
                till(ONE, List.of(), Map.of(TWO, channel(6, 0, 4, 5, 6))),
                till(TWO, List.of(), Map.of(ONE, channel(0, 3))));
        assertEquals(
                List.of(4L, 5L),
                known.flights(2).get(0).messages().stream()
                        .map(SentMessage::sequence)
                        .toList());

        SystemSnapshot<Till> forgetful = of(
                till(ONE, List.of(), Map.of(TWO, channel(6, 0, 5, 6))),
                till(TWO, List.of(), Map.of(ONE, channel(0, 3))));
        assertEquals(List.of(), forgetful.flights(9).get(0).messages(), "what message 4 says is not known");
    }

    @Test
    void whatHasNoCopyIsCountedAndWhatCannotBeIsNamed() {
        SystemSnapshot<Till> forgetful = of(
                till(ONE, List.of(), Map.of(TWO, channel(6, 0, 5))), till(TWO, List.of(), Map.of(ONE, channel(0, 3))));
        assertEquals(2, forgetful.unknownInFlight(), "of 4, 5 and 6 only 5 is known");
        assertEquals(List.of(), forgetful.contradictions());

        SystemSnapshot<Till> crossed =
                of(till(ONE, List.of(), Map.of()), till(TWO, List.of(), Map.of(ONE, channel(0, 3))));
        assertEquals(List.of("n2 has received message 3 of n1, which has sent 0"), crossed.contradictions());
    }

    @Test
    void atEveryMomentJustWhatIsOnTheWireIsInFlight() {
        Simulation<Till> tills = Tills.inBusiness(100);
        int under = 0;
        for (int time = 1; time <= 300; time += 3) {
            tills.runUntil(Duration.ofMillis(time));
            SystemSnapshot<Till> snapshot = tills.snapshot();
            ReferenceWorld<Till> world = begin(SnapshotModel.of(Tills.MACHINE, snapshot));
            int money = 0;
            for (NodeId node : tills.nodes()) {
                money += world.state(node).takings();
                money += amounts(world, node).stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                money += world.deferred(node).stream()
                        .mapToInt(delivery -> ((Till.Deposit) delivery.message()).amount())
                        .sum();
                under += world.inFlightTo(node).size();
                List<Integer> order = amounts(world, node);
                assertEquals(order.stream().sorted().toList(), order, "amounts only grow");
            }
            assertEquals(45, money, "at " + time + " ms: no money is lost and none is made");
            assertEquals(0, snapshot.unknownInFlight());
        }
        assertTrue(under > 100, "messages in flight: " + under);
    }

    @Test
    void aHandlerReadsTheAggregateThatItWouldReadLive() {
        Simulation<Till> tills = Tills.inBusiness(30);
        tills.runUntil(Duration.ofMillis(100));
        SystemModel.Builder<Till> model =
                SnapshotModel.of(Tills.MACHINE, tills.snapshot()).offer(1, ONE, "look");
        tills.call(ONE, "look", List.of());
        int live = ((Till) tills.state(ONE).orElseThrow()).seen();
        assertEquals(36, live, "what is on its way counts by the ledger, the 9 that n3 has put aside do not");

        Action look = new Action.Handle(ONE, new Event.Call("look", List.of()), List.of());
        assertEquals(live, begin(model).take(look).world().state(ONE).seen());

        SearchReport found = new Explorer<>(model.build(), RESOURCES).search(SearchSettings.DEFAULT);
        assertEquals("seesLittle", found.violations().get(0).property());
        assertEquals(1, found.violations().get(0).depth());
    }

    @Test
    void explorerAndReferenceAgreeOnASnapshotWithUnknownNodes() {
        Event.Delivery fromNine = new Event.Delivery(NINE, new Till.Deposit(30));
        SystemSnapshot<Till> snapshot = of(
                till(ONE, List.of(fromNine), Map.of(TWO, channel(2, 0, 1, 2))),
                till(TWO, List.of(), Map.of(NINE, channel(1, 4, 1))));
        SystemModel<Till> model = SnapshotModel.of(Tills.MACHINE, snapshot)
                .offer(1, ONE, "close")
                .offer(1, TWO, "hand", NINE, 5)
                .offer(1, TWO, "look")
                .build();
        for (SearchKind kind : List.of(SearchKind.EXHAUSTIVE, SearchKind.CONSEQUENCE)) {
            SearchSettings settings = SearchSettings.DEFAULT.withKind(kind).beyondViolations();
            SearchReport expected = new NaiveExplorer(RESOURCES, false).search(model, settings);
            SearchReport found = new Explorer<>(model, RESOURCES).search(settings);
            assertTrue(expected.distinctWorlds() > 10, expected::toString);
            assertEquals(expected.worldsByDepth(), found.worldsByDepth());
            assertEquals(expected.transitions(), found.transitions());
        }
    }

    @Test
    void timersStateParametersAndTimeAreThoseOfTheSnapshot() {
        Simulation<Till> tills = Tills.inBusiness(17);
        tills.runUntil(Duration.ofMillis(50));
        SystemModel<Till> model =
                SnapshotModel.of(Tills.MACHINE, tills.snapshot()).build();
        ReferenceWorld<Till> world = ReferenceWorld.initial(model).get(0);

        assertEquals(List.of("closing"), List.copyOf(world.armed(ONE)));
        assertEquals(List.of(), List.copyOf(world.armed(TWO)));
        assertEquals(17, model.nodes().get(TWO).get(0));
        assertEquals(tills.nowNanos(), model.nowNanos());
        assertFalse(model.isComplete());
    }

    @Test
    void aroundANodeAreItsNeighboursAndTheirs() {
        Simulation<Till> tills = Tills.inBusiness(100);
        tills.call(TWO, "addBranch", List.of(NINE));
        tills.runUntil(Duration.ofMillis(50));
        SystemSnapshot<Till> all = tills.snapshot();
        assertEquals(
                List.of(TWO),
                List.copyOf(all.around(Tills.MACHINE, TWO, 2).nodes().keySet()));
        assertEquals(
                List.of(ONE, TWO, Tills.THREE),
                List.copyOf(all.around(Tills.MACHINE, ONE, 1).nodes().keySet()));
    }
}
