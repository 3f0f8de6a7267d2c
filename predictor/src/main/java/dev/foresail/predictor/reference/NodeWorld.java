package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A node's part of a world. Immutable: each method gives a changed copy.
 *
 * @param arriving what is in flight to it
 * @param broken the peers to which its connection is broken without its having noticed
 */
record NodeWorld<S>(LocalState<S> local, InFlight arriving, SortedSet<NodeId> broken) {
    boolean isUp() {
        return local.isUp();
    }

    NodeWorld<S> with(LocalState<S> changed) {
        return new NodeWorld<>(changed, arriving, broken);
    }

    NodeWorld<S> with(InFlight changed) {
        return new NodeWorld<>(local, changed, broken);
    }

    NodeWorld<S> withBroken(NodeId peer) {
        SortedSet<NodeId> changed = new TreeSet<>(broken);
        changed.add(peer);
        return new NodeWorld<>(local, arriving, changed);
    }

    NodeWorld<S> withoutBroken(NodeId peer) {
        SortedSet<NodeId> changed = new TreeSet<>(broken);
        changed.remove(peer);
        return new NodeWorld<>(local, arriving, changed);
    }

    NodeWorld<S> withoutConnections() {
        return new NodeWorld<>(local, arriving, Collections.emptySortedSet());
    }

    NodeWorld<S> withoutTimer(String name) {
        SortedSet<String> armed = new TreeSet<>(local.armed());
        armed.remove(name);
        return with(new LocalState<>(local.isUp(), local.state(), armed, local.deferred()));
    }

    void write(Machine<S> machine, StateWriter out) {
        out.writeBytes(local.canonicalBytes(machine));
        arriving.write(out);
        out.writeSize(broken.size());
        broken.forEach(out::writeNodeId);
    }
}
