package dev.foresail.predictor.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What tests of worlds need to be short. */
final class Worlds {
    static final NodeId ONE = NodeId.of(1);
    static final NodeId TWO = NodeId.of(2);
    static final NodeId THREE = NodeId.of(3);

    private Worlds() {}

    static SystemModel.Builder<Parcels> parcels(int nodes, Network network) {
        return SystemModel.of(new ParcelsMachine()).nodes(nodes).network(network);
    }

    /** The only initial world. */
    static <S> ReferenceWorld<S> begin(SystemModel.Builder<S> model) {
        List<ReferenceWorld<S>> worlds = ReferenceWorld.initial(model.build());
        assertEquals(1, worlds.size());
        return worlds.get(0);
    }

    static Action call(NodeId node, String name, Object... arguments) {
        return new Action.Handle(node, new Event.Call(name, List.of(arguments)), List.of());
    }

    static Action delivery(NodeId to, NodeId from, Object message, Integer... decisions) {
        return new Action.Handle(to, new Event.Delivery(from, message), List.of(decisions));
    }

    static Action timer(NodeId node, String name) {
        return new Action.Handle(node, new Event.TimerFired(name), List.of());
    }

    static Action error(NodeId node, NodeId peer) {
        return new Action.Handle(node, new Event.ConnectionError(peer), List.of());
    }

    /** The world after the actions, none of which throws. */
    static <S> ReferenceWorld<S> after(ReferenceWorld<S> world, Action... actions) {
        ReferenceWorld<S> at = world;
        for (Action action : actions) {
            ReferenceWorld.Taken<S> taken = at.take(action);
            assertEquals(Optional.empty(), taken.thrown());
            at = taken.world();
        }
        return at;
    }

    static List<String> log(ReferenceWorld<Parcels> world, NodeId node) {
        return world.state(node).log();
    }

    static <S> void assertSame(ReferenceWorld<S> expected, ReferenceWorld<S> world) {
        assertEquals(Arrays.toString(expected.canonicalBytes()), Arrays.toString(world.canonicalBytes()));
        assertEquals(expected.fingerprint(), world.fingerprint());
    }
}
