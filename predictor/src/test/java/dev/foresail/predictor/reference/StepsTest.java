package dev.foresail.predictor.reference;

import static dev.foresail.predictor.reference.Worlds.ONE;
import static dev.foresail.predictor.reference.Worlds.TWO;
import static dev.foresail.predictor.reference.Worlds.after;
import static dev.foresail.predictor.reference.Worlds.assertSame;
import static dev.foresail.predictor.reference.Worlds.begin;
import static dev.foresail.predictor.reference.Worlds.call;
import static dev.foresail.predictor.reference.Worlds.delivery;
import static dev.foresail.predictor.reference.Worlds.error;
import static dev.foresail.predictor.reference.Worlds.log;
import static dev.foresail.predictor.reference.Worlds.parcels;
import static dev.foresail.predictor.reference.Worlds.timer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.Parcels.Leaflet;
import dev.foresail.predictor.fixture.Parcels.Order;
import dev.foresail.predictor.fixture.Parcels.Parcel;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static Action decided(Action action, Integer... decisions) {
        Action.Handle handle = (Action.Handle) action;
        return new Action.Handle(handle.node(), handle.event(), List.of(decisions));
    }

    @Test
    void anArmedTimerFiresOnceAndIsNotArmedWhileItsHandlerRuns() {
        ReferenceWorld<Parcels> world = begin(parcels(1, Network.ORDERED)
                .offer(ONE, "wind")
                .offer(ONE, "stop")
                .initially(initial -> initial.call(ONE, "open").call(ONE, "wind")));
        assertEquals(Set.of("tick"), world.armed(ONE));
        assertEquals(timer(ONE, "tick"), world.actions().get(0));
        ReferenceWorld.Taken<Parcels> fired = world.take(timer(ONE, "tick"));
        assertEquals(List.of("ticked"), fired.notes());
        assertEquals(Set.of(), fired.world().armed(ONE));
        assertEquals(List.of("start0", "tick"), log(fired.world(), ONE));
        assertEquals(Set.of("tick"), after(fired.world(), call(ONE, "wind")).armed(ONE));
        assertEquals(Set.of(), after(world, call(ONE, "stop")).armed(ONE));
    }

    @Test
    void aTimerWithoutAnEnabledHandlerIsDroppedUnlessWhatIsUnhandledStaysPending() {
        SystemModel.Builder<Parcels> model =
                parcels(1, Network.ORDERED).initially(initial -> initial.call(ONE, "wind"));
        ReferenceWorld.Taken<Parcels> fired = begin(model).take(timer(ONE, "tick"));
        assertEquals(Set.of(), fired.world().armed(ONE));
        assertEquals(0, fired.handlerRuns());
        assertEquals(List.of(), begin(model.unhandledStaysPending()).actions());
    }

    @Test
    void anOfferedCallIsAnActionWhileAHandlerIsEnabledAndTheOfferLasts() {
        ReferenceWorld<Parcels> world =
                begin(parcels(1, Network.ORDERED).offer(2, ONE, "open").offer(ONE, "close"));
        assertEquals(List.of(call(ONE, "open")), world.actions(), "a closed office cannot be closed");
        ReferenceWorld<Parcels> openedTwice = after(world, call(ONE, "open"), call(ONE, "close"), call(ONE, "open"));
        assertEquals(2, openedTwice.state(ONE).openings());
        assertEquals(List.of(), after(openedTwice, call(ONE, "close")).actions());
    }

    @Test
    void anOfferThatIsMadeTwiceIsOneAction() {
        ReferenceWorld<Parcels> world =
                begin(parcels(1, Network.ORDERED).offer(1, ONE, "count").offer(1, ONE, "count"));
        assertEquals(List.of(call(ONE, "count")), world.actions());
        ReferenceWorld<Parcels> twice = after(world, call(ONE, "count"), call(ONE, "count"));
        assertEquals(List.of("start0", "counted1", "counted2"), log(twice, ONE));
        assertEquals(List.of(), twice.actions());
    }

    @Test
    void everyDecisionOfARunIsEnumeratedInLexicographicOrder() {
        ReferenceWorld<Parcels> world =
                begin(parcels(1, Network.ORDERED).offer(ONE, "draw", 2).offer(ONE, "draw", 1));
        Action two = call(ONE, "draw", 2);
        Action single = call(ONE, "draw", 1);
        assertEquals(
                List.of(
                        decided(two, 0, 0),
                        decided(two, 0, 1),
                        decided(two, 1, 0),
                        decided(two, 1, 1),
                        decided(single, 0),
                        decided(single, 1)),
                world.actions(),
                "a draw below 1 decides nothing");
        assertEquals(List.of("start0", "drew1a"), log(after(world, decided(two, 1, 0)), ONE));
    }

    private static SystemModel.Builder<Parcels> officeWithShelves(int shelves) {
        return SystemModel.of(new ParcelsMachine())
                .node(ONE, Map.of())
                .node(TWO, Map.of("shelves", shelves))
                .offer(TWO, "open");
    }

    @Test
    void alternativesAreDecidedBeforeTheHandlerRuns() {
        ReferenceWorld<Parcels> world = begin(officeWithShelves(2)
                .initially(initial -> initial.call(TWO, "open").inFlight(ONE, TWO, new Parcel(7))));
        Action parcel = delivery(TWO, ONE, new Parcel(7));
        assertEquals(List.of(decided(parcel, 0), decided(parcel, 1)), world.actions());
        assertEquals(List.of("start0", "parcel7@2"), log(after(world, decided(parcel, 1)), TWO));
    }

    @Test
    void deferredMessagesAreHandledInTheStepThatMakesThemReadyWithDecisionsOfTheirOwn() {
        ReferenceWorld<Parcels> world = begin(officeWithShelves(2)
                .initially(initial -> initial.inFlight(ONE, TWO, new Parcel(1)).inFlight(ONE, TWO, new Parcel(2))));
        ReferenceWorld<Parcels> waiting =
                after(world, delivery(TWO, ONE, new Parcel(1)), delivery(TWO, ONE, new Parcel(2)));
        assertEquals(
                List.of(new Event.Delivery(ONE, new Parcel(1)), new Event.Delivery(ONE, new Parcel(2))),
                waiting.deferred(TWO));
        assertEquals(List.of("start0"), log(waiting, TWO));
        Action open = call(TWO, "open");
        assertEquals(
                List.of(decided(open, 0, 0), decided(open, 0, 1), decided(open, 1, 0), decided(open, 1, 1)),
                waiting.actions());
        ReferenceWorld.Taken<Parcels> taken = waiting.take(decided(open, 0, 1));
        assertEquals(List.of("start0", "parcel1@1", "parcel2@2"), log(taken.world(), TWO));
        assertEquals(List.of(), taken.world().deferred(TWO));
        assertEquals(3, taken.handlerRuns());
        assertEquals(List.of("shelvesFewParcels"), taken.world().violatedProperties());
    }

    @Test
    void whatAClosedOfficeIsSentIsDeferredDroppedOrAnError() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.UNORDERED)
                .initially(initial -> initial.inFlight(ONE, TWO, new Parcel(1))
                        .inFlight(ONE, TWO, new Leaflet(1))
                        .inFlight(ONE, TWO, new Order(1))));
        assertEquals(
                1, after(world, delivery(TWO, ONE, new Parcel(1))).deferred(TWO).size());
        ReferenceWorld<Parcels> dropped = after(world, delivery(TWO, ONE, new Leaflet(1)));
        assertEquals(2, dropped.inFlightTo(TWO).size());
        assertEquals(List.of("start0"), log(dropped, TWO));
        ReferenceWorld.Taken<Parcels> refused = world.take(delivery(TWO, ONE, new Order(1)));
        assertTrue(refused.thrown().orElseThrow().getMessage().contains("FS105"), "an error of the protocol");
        assertSame(world, refused.world());
    }

    @Test
    void whatIsUnhandledStaysInFlightWhereTheModelSaysSo() {
        SystemModel.Builder<Parcels> model = parcels(2, Network.ORDERED)
                .unhandledStaysPending()
                .offer(TWO, "open")
                .initially(initial -> initial.inFlight(ONE, TWO, new Parcel(1)).inFlight(ONE, TWO, new Order(2)));
        ReferenceWorld<Parcels> world = begin(model);
        assertEquals(List.of(call(TWO, "open")), world.actions());
        assertEquals(
                List.of(delivery(TWO, ONE, new Parcel(1))),
                after(world, call(TWO, "open")).actions());
    }

    @Test
    void aHandlerThatThrowsHasNoEffect() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.ORDERED).offer(1, ONE, "spill", TWO));
        ReferenceWorld.Taken<Parcels> taken = world.take(call(ONE, "spill", TWO));
        assertTrue(taken.thrown().orElseThrow().getMessage().contains("the ink is spilt"), "what was thrown");
        assertSame(world, taken.world());
        assertEquals(List.of("start0"), log(world, ONE));
        assertEquals(List.of(), taken.sends());
        assertEquals(1, taken.handlerRuns());
        assertEquals(List.of(call(ONE, "spill", TWO)), world.actions(), "it is an action all the same");
    }

    @Test
    void aBrokenConnectionIsNoticedOnce() {
        ReferenceWorld<Parcels> world =
                begin(parcels(2, Network.ORDERED).initially(initial -> initial.broken(ONE, TWO)));
        assertEquals(List.of(error(ONE, TWO)), world.actions());
        ReferenceWorld<Parcels> noticed = after(world, error(ONE, TWO));
        assertEquals(List.of("start0", "lostn2"), log(noticed, ONE));
        assertEquals(List.of(), noticed.actions());
    }

    @Test
    void anActionThatIsNotPossibleIsRefusedWithWhatIs() {
        ReferenceWorld<Parcels> world = begin(parcels(1, Network.ORDERED).offer(ONE, "draw", 2));
        refused("possible are [Handle[node=n1", world, timer(ONE, "tick"));
        refused("possible are", world, timer(NodeId.of(7), "tick"));
        refused("decision 1 is 2, but there are 2", world, decided(call(ONE, "draw", 2), 0, 2));
        refused("there are 2 decisions", world, decided(call(ONE, "draw", 2), 0));
        refused("there are 2 decisions", world, decided(call(ONE, "draw", 2), 0, 0, 0));
    }

    private static void refused(String hint, ReferenceWorld<Parcels> world, Action action) {
        ReplayDivergedException thrown = assertThrows(ReplayDivergedException.class, () -> world.take(action));
        assertTrue(thrown.getMessage().startsWith("[FS131]"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(hint), thrown.getMessage());
    }
}
