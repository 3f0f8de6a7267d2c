package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.Above;
import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.eval.routing.KeyRouting;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * An overlay without maintenance, for searches of what is above it: the nodes 1 to {@code members} in a ring, where the root of a key is the node of that number (more than all: from the first again). A message
 * goes to the next node; when the connection to that one has broken once, over it to the one after it. Where it {@code turnsBack}, also past the root, and so all the way round and back, when there is no other.
 */
@Protocol(value = "static-ring", provides = KeyRouting.class)
public final class StaticRing {
    /** A message at a node that shall route it, on its way, or at the root. */
    public record Carried(long key, Record message) {}

    @Above
    KeyRouting.Upcalls above;

    final int members;
    final boolean turnsBack;
    /** To whom connections have broken. */
    final SortedSet<NodeId> lost = new TreeSet<>();

    /**
     * @param members how many there are, with the ids 1 to this
     * @param turnsBack whether messages go past a root to which the connection has broken
     */
    public StaticRing(@Default("3") int members, @Default("false") boolean turnsBack) {
        this.members = StrictMath.max(1, members);
        this.turnsBack = turnsBack;
    }

    private NodeId root(long key) {
        return NodeId.of(1 + Math.floorMod(key - 1, (long) members));
    }

    /** The first node after this one in the ring that is not lost, up to the root or all the way. */
    private Optional<NodeId> next(long key, NodeId self) {
        long distance = turnsBack ? members - 1 : Math.floorMod(root(key).value() - self.value(), (long) members);
        return LongStream.rangeClosed(1, distance)
                .mapToObj(step -> NodeId.of(1 + Math.floorMod(self.value() - 1 + step, (long) members)))
                .filter(other -> !lost.contains(other))
                .findFirst();
    }

    @OnDowncall
    void route(long key, Record message, Node node) {
        node.send(node.self(), new Carried(key, message));
    }

    @OnDowncall
    boolean isRoot(long key, Node node) {
        return root(key).equals(node.self());
    }

    @OnDowncall
    long position(NodeId node) {
        return node.value();
    }

    @OnDowncall
    List<NodeId> replicas(long key, int count) {
        return List.of(root(key));
    }

    @OnDowncall
    SortedSet<NodeId> known(Node node) {
        SortedSet<NodeId> known = new TreeSet<>();
        LongStream.rangeClosed(1, members).mapToObj(NodeId::of).forEach(known::add);
        known.remove(node.self());
        known.removeAll(lost);
        return known;
    }

    @OnMessage
    void carried(Carried carried, Node node) {
        long key = carried.key();
        if (root(key).equals(node.self())) {
            above.deliver(key, carried.message());
        } else {
            next(key, node.self())
                    .filter(next -> above.forward(key, carried.message(), next))
                    .ifPresent(next -> node.send(next, carried));
        }
    }

    @OnConnectionError
    void lost(NodeId peer) {
        lost.add(peer);
    }
}
