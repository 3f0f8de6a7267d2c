package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.routing.OverlayNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes that have joined, as somebody sees them who sees all; for properties and figures. */
public final class Ring {
    private static final int TARGETS = 8;

    /** One of them. */
    public interface Member extends OverlayNode {
        Peer self();

        LeafSet leaves();

        /** Where a message with that key goes from here; the node itself when it takes itself for the root. */
        Peer nextHop(long key);
    }

    private final SortedMap<NodeId, Member> nodes = new TreeMap<>();
    private final List<Peer> circle = new ArrayList<>();

    private Ring() {}

    public static Ring of(SystemView<? extends Member> system) {
        return of(system.nodes().stream().map(system::state).toList());
    }

    static Ring of(List<? extends Member> states) {
        Ring ring = new Ring();
        states.stream().filter(Member::isJoined).forEach(state -> {
            ring.nodes.put(state.self().address(), state);
            ring.circle.add(state.self());
        });
        ring.circle.sort(Comparator.comparing(Peer::id, Long::compareUnsigned));
        return ring;
    }

    List<Peer> circle() {
        return List.copyOf(circle);
    }

    /** Whether a node that has joined has those for leaves that come next to it. */
    public boolean isKnownRightBy(Member node) {
        int place = circle.indexOf(node.self());
        int perSide = node.leaves().mostPerSide();
        LeafSet right = new LeafSet(node.self(), perSide, List.of());
        for (int step = -perSide; place >= 0 && step <= perSide; step++) {
            right = right.with(circle.get(StrictMath.floorMod(place + step, circle.size())));
        }
        return place < 0 || right.equals(node.leaves());
    }

    /** Whether a node that has joined reaches some others, evenly spread over the ring: all of them where there are few. */
    public boolean isReachedBy(Member node) {
        int step = StrictMath.max(1, circle.size() / TARGETS);
        for (int place = 0; nodes.containsKey(node.self().address()) && place < circle.size(); place += step) {
            if (hops(node, circle.get(place).id(), circle.get(place)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** How many hops it is from a node to the root of a key; empty when a message would not come there in as many hops as there are digits. */
    OptionalInt hops(Member from, long key, Peer root) {
        Member at = from;
        for (int hops = 0; hops <= Peer.DIGITS; hops++) {
            Peer next = at.nextHop(key);
            if (next.equals(at.self())) {
                return next.equals(root) ? OptionalInt.of(hops) : OptionalInt.empty();
            } else if (!nodes.containsKey(next.address())) {
                return OptionalInt.empty();
            }
            at = nodes.get(next.address());
        }
        return OptionalInt.empty();
    }
}
