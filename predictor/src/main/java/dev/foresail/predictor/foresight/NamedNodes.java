package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the nodes that a snapshot names: whatever a known node may send to is in its state, in what it is sent or asked, or
 * in its parameters. States are written and read again, and every id that is read on the way is noted. For one use.
 */
final class NamedNodes {
    /** So that nobody makes this long by naming nodes. */
    private static final int MOST = 64;

    private final SortedSet<NodeId> named = new TreeSet<>();

    private NamedNodes() {}

    /**
     * Those that are named and not known, at most 64, in the order of their ids.
     *
     * @param steps what is received only after so many is not looked at
     */
    static <S> SortedSet<NodeId> unknown(
            Machine<S> machine, SystemSnapshot<S> snapshot, List<Event.Call> calls, int steps) {
        NamedNodes nodes = new NamedNodes();
        snapshot.nodes().values().forEach(known -> {
            nodes.in(machine, known.checkpoint());
            known.parameters().forEach(nodes::inValue);
        });
        snapshot.flights(steps)
                .forEach(flight -> flight.messages().forEach(sent -> nodes.inMessage(machine, sent.message())));
        calls.forEach(call -> call.arguments().forEach(nodes::inValue));
        nodes.named.removeAll(snapshot.nodes().keySet());
        while (nodes.named.size() > MOST) {
            nodes.named.remove(nodes.named.last());
        }
        return nodes.named;
    }

    private <S> void in(Machine<S> machine, Checkpoint<S> checkpoint) {
        named.addAll(checkpoint.channels().keySet());
        StateWriter out = new StateWriter();
        machine.write(checkpoint.state(), out);
        machine.read(noting(out), checkpoint.state());
        checkpoint.deferred().forEach(delivery -> {
            named.add(delivery.from());
            inMessage(machine, delivery.message());
        });
    }

    private void inMessage(Machine<?> machine, Object message) {
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        machine.readMessage(noting(out));
    }

    private StateReader noting(StateWriter written) {
        return new StateReader(written.toByteArray()) {
            @Override
            public NodeId readNodeId() {
                NodeId read = super.readNodeId();
                named.add(read);
                return read;
            }
        };
    }

    private void inValue(Object value) {
        if (value instanceof NodeId node) {
            named.add(node);
        } else if (value instanceof Collection<?> several) {
            several.forEach(this::inValue);
        }
    }
}
