package dev.foresail.predictor.reference;

import static dev.foresail.predictor.reference.Worlds.ONE;
import static dev.foresail.predictor.reference.Worlds.THREE;
import static dev.foresail.predictor.reference.Worlds.TWO;
import static dev.foresail.predictor.reference.Worlds.after;
import static dev.foresail.predictor.reference.Worlds.assertSame;
import static dev.foresail.predictor.reference.Worlds.begin;
import static dev.foresail.predictor.reference.Worlds.call;
import static dev.foresail.predictor.reference.Worlds.delivery;
import static dev.foresail.predictor.reference.Worlds.error;
import static dev.foresail.predictor.reference.Worlds.log;
import static dev.foresail.predictor.reference.Worlds.parcels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.Parcels.Leaflet;
import dev.foresail.predictor.fixture.Parcels.Parcel;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Action CRASH = new Action.Crash(ONE);
    private static final Action RESTART = new Action.Restart(ONE, List.of());
    private static final Action RESET = new Action.SilentReset(ONE, List.of());

    /** Node 1 has opened, armed a timer and deferred nothing; 2 is connected to it, 3 is not. */
    private static void busy(InitialWorld<Parcels> world) {
        world.call(ONE, "open")
                .call(ONE, "wind")
                .call(TWO, "befriend", ONE)
                .inFlight(TWO, ONE, new Leaflet(1))
                .inFlight(ONE, TWO, new Leaflet(2))
                .inFlight(THREE, TWO, new Leaflet(3));
    }

    private static ReferenceWorld<Parcels> busy(Network network, Failures failures) {
        return begin(parcels(3, network).failures(failures).initially(FailuresTest::busy));
    }

    @Test
    void aCrashLeavesTheDurableFieldsAndNothingElse() {
        ReferenceWorld<Parcels> down = after(busy(Network.ORDERED, Failures.NONE.withCrashes(1, ONE)), CRASH);
        assertFalse(down.isUp(ONE));
        assertEquals(1, down.state(ONE).openings());
        assertFalse(down.state(ONE).isOpen(), "not durable");
        assertEquals(Set.of(), down.armed(ONE));
        assertEquals(Set.of(TWO, THREE), down.images().keySet());
        assertEquals(List.of(), down.inFlightTo(ONE), "its connections are closed");
        assertTrue(down.actions().stream().noneMatch(Action.Crash.class::isInstance), "the budget is used up");
    }

    @Test
    void aRestartTakesWhatIsInFlightAndPeersNoticeThatTheConnectionIsBroken() {
        ReferenceWorld<Parcels> world =
                busy(Network.ORDERED, Failures.NONE.withCrashes(2, ONE).withRestarts());
        ReferenceWorld<Parcels> up = after(world, CRASH, RESTART);
        assertEquals(List.of("restart"), log(up, ONE));
        assertEquals(1, up.state(ONE).openings());
        assertEquals(List.of(), up.inFlightTo(ONE));
        assertEquals(List.of(delivery(TWO, THREE, new Leaflet(3)), error(TWO, ONE), CRASH), ordered(up));
        assertEquals(Set.of(), up.broken(THREE), "3 is not connected to 1");
    }

    @Test
    void aCrashIsNoticedByWhoIsConnected() {
        Failures crashing = Failures.NONE.withCrashes(1, ONE).withoutRefusals();
        ReferenceWorld<Parcels> down = after(busy(Network.ORDERED, crashing), CRASH);
        assertEquals(List.of(), down.inFlightTo(ONE));
        assertEquals(List.of(delivery(TWO, THREE, new Leaflet(3)), error(TWO, ONE)), down.actions());
        assertEquals(
                1,
                after(busy(Network.UNORDERED, crashing), CRASH).inFlightTo(ONE).size());
    }

    private static List<Action> ordered(ReferenceWorld<Parcels> world) {
        return world.actions().stream()
                .sorted((one, other) -> Boolean.compare(one.equals(CRASH), other.equals(CRASH)))
                .toList();
    }

    @Test
    void withoutDurableStateARestartIsAFirstStart() {
        ReferenceWorld<Parcels> world = busy(
                Network.UNORDERED, Failures.NONE.withCrashes(1).withRestarts().withoutDurableState());
        ReferenceWorld<Parcels> up = after(world, CRASH, RESTART);
        assertEquals(List.of("start0"), log(up, ONE));
        assertEquals(0, up.state(ONE).openings());
        assertEquals(1, up.inFlightTo(ONE).size(), "only a queue ends with its connection");
        assertEquals(Set.of(), up.broken(TWO));
    }

    @Test
    void onlySoManyAreDownAtATimeAndARestartGivesOneBack() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.ORDERED)
                .failures(Failures.NONE
                        .withCrashes(Failures.UNLIMITED)
                        .withRestarts()
                        .withMostDown(1)));
        assertEquals(List.of(CRASH, new Action.Crash(TWO)), world.actions());
        ReferenceWorld<Parcels> down = after(world, CRASH);
        assertEquals(List.of(RESTART), down.actions());
        assertEquals(0, down.budget(Failures.Kind.DOWN));
        ReferenceWorld<Parcels> up = after(down, RESTART);
        assertEquals(1, up.budget(Failures.Kind.DOWN));
        assertEquals(Failures.UNLIMITED, up.budget(Failures.Kind.CRASH));
        assertSame(up, after(up, CRASH, RESTART));
    }

    @Test
    void aNodeThatIsDownTakesMessagesInVainAndTheSenderIsTold() {
        Failures failures = Failures.NONE.withCrashes(1, ONE);
        ReferenceWorld<Parcels> told = after(writing(Network.ORDERED, failures), CRASH, LATE_LETTER, VAIN);
        assertEquals(List.of(), told.inFlightTo(ONE));
        assertEquals(Set.of(ONE), told.broken(THREE));
        ReferenceWorld<Parcels> silent =
                after(writing(Network.ORDERED, failures.withoutRefusals()), CRASH, LATE_LETTER, VAIN);
        assertEquals(List.of(), silent.inFlightTo(ONE));
        assertEquals(Set.of(), silent.broken(THREE));
        ReferenceWorld<Parcels> unordered = after(writing(Network.UNORDERED, failures), CRASH, LATE_LETTER);
        assertFalse(unordered.actions().contains(VAIN), "without a connection nothing is delivered");
    }

    private static final Action LATE_LETTER = call(THREE, "leaflet", ONE, 4);
    private static final Action VAIN = delivery(ONE, THREE, new Leaflet(4));

    /** 3, which is not connected to 1, may write to it. */
    private static ReferenceWorld<Parcels> writing(Network network, Failures failures) {
        return begin(parcels(3, network)
                .failures(failures)
                .offer(THREE, "leaflet", ONE, 4)
                .initially(FailuresTest::busy));
    }

    @Test
    void whoGoesDownTakesWithItWhatItSent() {
        ReferenceWorld<Parcels> world = writing(Network.ORDERED, Failures.NONE.withCrashes(2));
        ReferenceWorld<Parcels> both = after(world, CRASH, LATE_LETTER, new Action.Crash(THREE));
        assertEquals(List.of(), both.inFlightTo(ONE));
        assertEquals(Set.of(), both.broken(THREE));
    }

    @Test
    void aSilentResetKeepsNothingAndStartsAnew() {
        ReferenceWorld<Parcels> world = busy(Network.ORDERED, Failures.NONE.withSilentResets(1, ONE));
        ReferenceWorld<Parcels> anew = after(world, RESET);
        assertTrue(anew.isUp(ONE), "it is never seen down");
        assertEquals(List.of("start0"), log(anew, ONE));
        assertEquals(0, anew.state(ONE).openings(), "not even what is durable");
        assertEquals(Set.of(), anew.armed(ONE));
        assertEquals(List.of(), anew.inFlightTo(ONE));
        assertEquals(Set.of(ONE), anew.broken(TWO));
        assertEquals(List.of(delivery(TWO, THREE, new Leaflet(3)), error(TWO, ONE)), anew.actions());
    }

    @Test
    void aLossTakesOneMessage() {
        Failures failures = Failures.NONE.withLosses(1);
        ReferenceWorld<Parcels> world = busy(Network.UNORDERED, failures);
        Action loss = new Action.Loss(TWO, ONE, new Leaflet(2));
        assertTrue(world.actions().contains(loss), "before");
        ReferenceWorld<Parcels> lost = after(world, loss);
        assertEquals(1, lost.inFlightTo(TWO).size());
        assertTrue(lost.actions().stream().noneMatch(Action.Loss.class::isInstance), "one only");
        assertEquals(
                0,
                after(busy(Network.DUPLICATING, Failures.NONE.withLosses(2)), loss, loss(THREE))
                        .inFlightTo(TWO)
                        .size(),
                "with duplication too it is gone for good");
        assertFalse(busy(Network.ORDERED, failures).actions().contains(loss), "queues lose nothing");
    }

    private static Action loss(NodeId from) {
        return new Action.Loss(TWO, from, new Leaflet(3));
    }

    @Test
    void aBreakTakesWhatIsInFlightBothWaysAndBreaksBothEnds() {
        ReferenceWorld<Parcels> world = busy(Network.ORDERED, Failures.NONE.withBreaks(1));
        Action cut = new Action.Break(ONE, TWO);
        assertEquals(
                List.of(cut),
                world.actions().stream().filter(Action.Break.class::isInstance).toList(),
                "2 is connected to 1, nobody to 3");
        ReferenceWorld<Parcels> apart = after(world, cut);
        assertEquals(List.of(), apart.inFlightTo(ONE));
        assertEquals(
                List.of(delivery(TWO, THREE, new Leaflet(3)), error(TWO, ONE)),
                apart.actions().stream()
                        .filter(action -> action.node().equals(TWO))
                        .toList());
        assertEquals(Set.of(TWO), apart.broken(ONE));
    }

    @Test
    void failuresOfANodeComeAfterItsEventsInAFixedOrder() {
        SystemModel.Builder<Parcels> model = parcels(2, Network.UNORDERED)
                .failures(Failures.NONE.withCrashes(1).withSilentResets(1).withLosses(1))
                .offer(ONE, "close")
                .initially(world -> world.call(ONE, "open")
                        .call(ONE, "wind")
                        .broken(ONE, TWO)
                        .inFlight(TWO, ONE, new Leaflet(2))
                        .inFlight(TWO, ONE, new Leaflet(1)));
        assertEquals(
                List.of(
                        delivery(ONE, TWO, new Leaflet(1)),
                        delivery(ONE, TWO, new Leaflet(2)),
                        error(ONE, TWO),
                        Worlds.timer(ONE, "tick"),
                        Worlds.call(ONE, "close"),
                        CRASH,
                        RESET,
                        new Action.Loss(ONE, TWO, new Leaflet(1)),
                        new Action.Loss(ONE, TWO, new Leaflet(2)),
                        new Action.Crash(TWO),
                        new Action.SilentReset(TWO, List.of())),
                begin(model).actions());
    }

    @Test
    void deferredMessagesEndWithTheNode() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.ORDERED)
                .failures(Failures.NONE.withCrashes(1))
                .initially(initial -> initial.inFlight(TWO, ONE, new Parcel(1))));
        ReferenceWorld<Parcels> down = after(world, delivery(ONE, TWO, new Parcel(1)), CRASH);
        assertEquals(List.of(), down.deferred(ONE));
    }
}
