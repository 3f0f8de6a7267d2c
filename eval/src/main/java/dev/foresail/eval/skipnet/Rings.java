package dev.foresail.eval.skipnet;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.pastry.LeafSet;
import dev.foresail.eval.pastry.Peer;
import dev.foresail.network.random.Hashing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rings that a node is in. All nodes are in the ring of level 0, in the order of their names, which are the numbers of their {@link NodeId}s; in that of level h are those of them whose numeric ids begin with the same h bits as the owner's. Of
 * each ring the owner knows who comes next on both sides. Immutable.
 *
 * @param isHashed whether numeric ids are hashes of the names; else they are the names with their bits in reverse order, so that 4 begins as 0 does
 * @param mostPerSide how many it knows on each side of each ring, at least 1
 * @param levels the ring of each level, from 0 up to the last one in which somebody else is known
 */
record Rings(NodeId owner, boolean isHashed, int mostPerSide, List<LeafSet> levels) {
    Rings {
        levels = List.copyOf(levels);
    }

    /** In which nobody is known. */
    static Rings of(NodeId owner, boolean isHashed, int mostPerSide) {
        return new Rings(owner, isHashed, mostPerSide, List.of());
    }

    /** A node's numeric id: 64 bits, the highest one comes first. No two nodes have the same. */
    long numericId(NodeId node) {
        return isHashed ? Hashing.mix(node.value()) : Long.reverse(node.value());
    }

    /** How many bits at the beginning of a node's numeric id are those of {@code key}: 0 to 64. */
    int sharedBits(NodeId node, long key) {
        return Long.numberOfLeadingZeros(numericId(node) ^ key);
    }

    /** Those that share more bits with {@code key} come first, and of those that share as many the one that differs from it less. No two are as close. */
    Comparator<NodeId> byCloseness(long key) {
        return Comparator.comparing(node -> numericId(node) ^ key, Long::compareUnsigned);
    }

    private int sharedLevels(NodeId node) {
        return sharedBits(node, numericId(owner));
    }

    /** The ring of a level, which may be one in which nobody else is known. */
    LeafSet at(int level) {
        return level < levels.size() ? levels.get(level) : new LeafSet(peer(owner), mostPerSide, List.of());
    }

    private static Peer peer(NodeId node) {
        return Peer.of(node, false);
    }

    Rings with(NodeId node) {
        if (!takes(node)) {
            return this;
        }
        List<LeafSet> more = new ArrayList<>(levels);
        for (int level = 0; level <= sharedLevels(node); level++) {
            LeafSet ring = at(level).with(peer(node));
            if (level == more.size()) {
                more.add(ring);
            } else {
                more.set(level, ring);
            }
        }
        return new Rings(owner, isHashed, mostPerSide, more);
    }

    /** Who is known in another ring may come next to the owner now. */
    Rings without(NodeId node) {
        Rings rest = of(owner, isHashed, mostPerSide);
        for (NodeId member : members()) {
            rest = member.equals(node) ? rest : rest.with(member);
        }
        return rest;
    }

    /** Whether a node comes next to the owner in some ring and is not known there. */
    boolean takes(NodeId node) {
        for (int level = 0; !node.equals(owner) && level <= sharedLevels(node); level++) {
            if (at(level).takes(peer(node))) {
                return true;
            }
        }
        return false;
    }

    /** All that are known, in the order of their names. */
    SortedSet<NodeId> members() {
        SortedSet<NodeId> members = new TreeSet<>();
        levels.forEach(ring -> members.addAll(nodes(ring)));
        return members;
    }

    /** Who is known in a ring, clockwise from the owner on: the last one comes before it. */
    List<NodeId> around(int level) {
        return nodes(at(level));
    }

    private static List<NodeId> nodes(LeafSet ring) {
        return ring.members().stream().map(Peer::address).toList();
    }

    /** Those of them that are on the clockwise side: all that there are, in a ring that is small enough. */
    List<NodeId> clockwise(int level) {
        return around(level).stream().limit(mostPerSide).toList();
    }

    /** Whether all of a ring are known, as there are fewer than there is room for. */
    boolean isWholeAt(int level) {
        return around(level).size() < 2 * mostPerSide;
    }

    /** Whether a node comes past the owner on the way clockwise to {@code end}, or is that. */
    boolean isUpTo(NodeId node, NodeId end) {
        return Long.compareUnsigned(node.value() - owner.value() - 1, end.value() - owner.value()) < 0;
    }

    /** Whether they are as they would be if all these were known, which is found out by putting all in order. */
    boolean areOf(Collection<NodeId> nodes) {
        int level = 0;
        List<NodeId> others = othersAt(level, nodes);
        while (!others.isEmpty()) {
            int left = StrictMath.max(mostPerSide, others.size() - mostPerSide);
            List<NodeId> nearest = new ArrayList<>(others.subList(0, StrictMath.min(mostPerSide, others.size())));
            nearest.addAll(others.subList(StrictMath.min(left, others.size()), others.size()));
            if (!around(level).equals(nearest)) {
                return false;
            }
            level++;
            others = othersAt(level, nodes);
        }
        return levels.size() == level;
    }

    /** Those of these that are in the owner's ring of a level, clockwise from it on. */
    private List<NodeId> othersAt(int level, Collection<NodeId> nodes) {
        return nodes.stream()
                .filter(node -> !node.equals(owner) && sharedLevels(node) >= level)
                .sorted(Comparator.comparing(node -> node.value() - owner.value(), Long::compareUnsigned))
                .toList();
    }
}
