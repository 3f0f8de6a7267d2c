package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes that have joined, as somebody sees them who sees all; for properties and figures. */
final class Ring {
    private static final int TARGETS = 8;

    private final SortedMap<NodeId, Pastry> nodes = new TreeMap<>();
    private final List<Peer> circle = new ArrayList<>();

    private Ring() {}

    static Ring of(SystemView<Pastry> system) {
        return of(system.nodes().stream().map(system::state).toList());
    }

    static Ring of(List<Pastry> states) {
        Ring ring = new Ring();
        states.stream().filter(state -> state.phase == Pastry.Phase.JOINED).forEach(state -> {
            ring.nodes.put(state.self.address(), state);
            ring.circle.add(state.self);
        });
        ring.circle.sort(Comparator.comparing(Peer::id, Long::compareUnsigned));
        return ring;
    }

    List<Peer> circle() {
        return List.copyOf(circle);
    }

    /** Whether a node that has joined has those for leaves that come next to it. */
    boolean isKnownRightBy(Pastry node) {
        int place = circle.indexOf(node.self);
        LeafSet right = new LeafSet(node.self, node.leavesPerSide, List.of());
        for (int step = -node.leavesPerSide; place >= 0 && step <= node.leavesPerSide; step++) {
            right = right.with(circle.get(StrictMath.floorMod(place + step, circle.size())));
        }
        return place < 0 || right.equals(node.leaves);
    }

    /** Whether of two nodes that have each other for leaves only one takes itself for the root, of each key in the middle between them. */
    boolean neighboursShareNoKeys() {
        for (Pastry one : nodes.values()) {
            for (Peer leaf : one.leaves.members()) {
                long middle = one.self.id() + ((leaf.id() - one.self.id()) >>> 1);
                Pastry other = nodes.get(leaf.address());
                if (other != null
                        && other.leaves.members().contains(one.self)
                        && isRoot(one, middle)
                        && isRoot(other, middle)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isRoot(Pastry node, long key) {
        return node.nextHop(key).equals(node.self);
    }

    /** Whether a node that has joined reaches some others, evenly spread over the ring: all of them where there are few. */
    boolean isReachedBy(Pastry node) {
        int step = StrictMath.max(1, circle.size() / TARGETS);
        for (int place = 0; nodes.containsKey(node.self.address()) && place < circle.size(); place += step) {
            if (hops(node, circle.get(place).id(), circle.get(place)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** How many hops it is from a node to the root of a key; empty when a message would not come there in as many hops as there are digits. */
    OptionalInt hops(Pastry from, long key, Peer root) {
        Pastry at = from;
        for (int hops = 0; hops <= Peer.DIGITS; hops++) {
            Peer next = at.nextHop(key);
            if (next.equals(at.self)) {
                return next.equals(root) ? OptionalInt.of(hops) : OptionalInt.empty();
            } else if (!nodes.containsKey(next.address())) {
                return OptionalInt.empty();
            }
            at = nodes.get(next.address());
        }
        return OptionalInt.empty();
    }
}
