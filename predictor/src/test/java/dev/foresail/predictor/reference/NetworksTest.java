package dev.foresail.predictor.reference;

import static dev.foresail.predictor.reference.Worlds.ONE;
import static dev.foresail.predictor.reference.Worlds.THREE;
import static dev.foresail.predictor.reference.Worlds.TWO;
import static dev.foresail.predictor.reference.Worlds.after;
import static dev.foresail.predictor.reference.Worlds.begin;
import static dev.foresail.predictor.reference.Worlds.delivery;
import static dev.foresail.predictor.reference.Worlds.log;
import static dev.foresail.predictor.reference.Worlds.parcels;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.Parcels.Bundle;
import dev.foresail.predictor.fixture.Parcels.Leaflet;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {
    /** Node 2 is open; 1 has sent it leaflets 5, 4, 5, and 3 leaflet 1. */
    private static ReferenceWorld<Parcels> fourLeaflets(Network network) {
        return begin(parcels(3, network)
                .initially(world -> world.call(TWO, "open")
                        .call(ONE, "leaflet", TWO, 5)
                        .call(ONE, "leaflet", TWO, 4)
                        .call(ONE, "leaflet", TWO, 5)
                        .call(THREE, "leaflet", TWO, 1)));
    }

    private static Action leaflet(NodeId from, int number) {
        return delivery(TWO, from, new Leaflet(number));
    }

    private static Event.Delivery inFlight(NodeId from, int number) {
        return new Event.Delivery(from, new Leaflet(number));
    }

    @Test
    void orderedTakesTheHeadOfEachSendersQueue() {
        ReferenceWorld<Parcels> world = fourLeaflets(Network.ORDERED);
        assertEquals(List.of(leaflet(ONE, 5), leaflet(THREE, 1)), world.actions());
        ReferenceWorld<Parcels> next = after(world, leaflet(ONE, 5));
        assertEquals(List.of(leaflet(ONE, 4), leaflet(THREE, 1)), next.actions());
        assertEquals(List.of(inFlight(ONE, 4), inFlight(ONE, 5), inFlight(THREE, 1)), next.inFlightTo(TWO));
        ReferenceWorld<Parcels> last = after(next, leaflet(THREE, 1), leaflet(ONE, 4), leaflet(ONE, 5));
        assertEquals(List.of("start0", "leaflet5", "leaflet1", "leaflet4", "leaflet5"), log(last, TWO));
        assertEquals(List.of(), last.actions());
        assertEquals(4, world.inFlightTo(TWO).size(), "the world before is as it was");
    }

    @Test
    void unorderedTakesAnyMessageAndEqualOnesOneAfterTheOther() {
        ReferenceWorld<Parcels> world = fourLeaflets(Network.UNORDERED);
        assertEquals(List.of(leaflet(ONE, 4), leaflet(ONE, 5), leaflet(THREE, 1)), world.actions());
        ReferenceWorld<Parcels> once = after(world, leaflet(ONE, 5));
        assertEquals(world.actions(), once.actions(), "the other 5 is left");
        assertEquals(
                List.of(leaflet(ONE, 4), leaflet(THREE, 1)),
                after(once, leaflet(ONE, 5)).actions());
    }

    @Test
    void duplicatingKeepsASetThatOnlyGrows() {
        ReferenceWorld<Parcels> world = fourLeaflets(Network.DUPLICATING);
        assertEquals(List.of(inFlight(ONE, 4), inFlight(ONE, 5), inFlight(THREE, 1)), world.inFlightTo(TWO));
        ReferenceWorld<Parcels> twice = after(world, leaflet(ONE, 5), leaflet(ONE, 5));
        assertEquals(world.actions(), twice.actions());
        assertEquals(List.of("start0", "leaflet5", "leaflet5"), log(twice, TWO));
    }

    @Test
    void messagesToNodesThatTheModelDoesNotHaveGoNowhere() {
        ReferenceWorld<Parcels> world =
                begin(parcels(1, Network.ORDERED).offer(ONE, "leaflet", TWO, 1).initially(initial -> {}));
        ReferenceWorld.Taken<Parcels> taken = world.take(world.actions().get(0));
        Worlds.assertSame(world, taken.world());
        assertEquals(1, taken.sends().size(), "it was sent all the same");
    }

    @Test
    void whatIsInFlightIsFrozenWhenItIsSent() {
        ReferenceWorld<Parcels> world = begin(parcels(2, Network.ORDERED)
                .initially(initial -> initial.call(ONE, "bundle", TWO).call(ONE, "bundle", TWO)));
        ReferenceWorld<Parcels> delivered = after(world, delivery(TWO, ONE, new Bundle(List.of(1, 2))));
        assertEquals(List.of("start0", "bundle[1, 2]"), log(delivered, TWO));
        assertEquals(List.of(delivery(TWO, ONE, new Bundle(List.of(1, 2, 1, 2)))), delivered.actions());
    }

    @Test
    void oneMaySendToOneself() {
        ReferenceWorld<Parcels> world = begin(parcels(1, Network.ORDERED)
                .initially(initial -> initial.call(ONE, "open").call(ONE, "leaflet", ONE, 3)));
        assertEquals(List.of("start0", "leaflet3"), log(after(world, delivery(ONE, ONE, new Leaflet(3))), ONE));
    }
}
