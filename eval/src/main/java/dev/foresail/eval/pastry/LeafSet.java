package dev.foresail.eval.pastry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The nodes whose nodeIds come next to the owner's, on both sides. Immutable. With fewer leaves than there is room for, a node knows all others
 * and its two sides meet opposite to it; where a leaf has just failed that is a mistake, which takes a message to a leaf and not to a wrong root.
 *
 * @param mostPerSide at least 1
 * @param members in the order of the circle from the owner on
 */
public record LeafSet(Peer owner, int mostPerSide, List<Peer> members) {
    public LeafSet {
        members = List.copyOf(members);
    }

    public LeafSet with(Peer peer) {
        if (!takes(peer)) {
            return this;
        }
        List<Peer> more = new ArrayList<>(members);
        more.add(peer);
        more.sort(clockwise());
        if (more.size() > 2 * mostPerSide) {
            more.remove(mostPerSide);
        }
        return new LeafSet(owner, mostPerSide, more);
    }

    public LeafSet without(Peer peer) {
        return new LeafSet(
                owner,
                mostPerSide,
                members.stream().filter(leaf -> !leaf.equals(peer)).toList());
    }

    /** Whether a node that is no leaf would be one. */
    public boolean takes(Peer peer) {
        boolean isNear = members.size() < 2 * mostPerSide
                || clockwise().compare(peer, members.get(mostPerSide - 1)) < 0
                || clockwise().compare(peer, members.get(mostPerSide)) > 0;
        return isNear && !peer.equals(owner) && !members.contains(peer);
    }

    private Comparator<Peer> clockwise() {
        return Comparator.comparing(leaf -> leaf.id() - owner.id(), Long::compareUnsigned);
    }

    public boolean isInOrder() {
        Peer last = owner;
        for (Peer leaf : members) {
            if (clockwise().compare(last, leaf) >= 0) {
                return false;
            }
            last = leaf;
        }
        return members.size() <= 2 * mostPerSide;
    }

    /** Whether {@code key} is between the smallest and the largest leaf. */
    boolean covers(long key) {
        if (members.size() < 2 * mostPerSide) {
            return true;
        }
        long smallest = members.get(mostPerSide).id();
        long largest = members.get(mostPerSide - 1).id();
        return Long.compareUnsigned(key - smallest, largest - smallest) <= 0;
    }

    /** The leaf that is numerically closest to {@code key}, or the owner. */
    Peer closest(long key) {
        return Stream.concat(Stream.of(owner), members.stream())
                .min(Peer.byDistance(key))
                .orElse(owner);
    }

    /** The owner and its leaves, those that are numerically closest to {@code key} first, at most so many. */
    public List<Peer> closest(long key, int count) {
        return Stream.concat(Stream.of(owner), members.stream())
                .sorted(Peer.byDistance(key))
                .limit(count)
                .toList();
    }

    /**
     * The outermost leaf of each side but for one that has failed: they know who comes next. To be asked of the leaf set that still has it: where leaves are missing, each side is half of the circle, which is right where
     * there are many nodes.
     */
    List<Peer> outermostBut(Peer failed) {
        long clockwise =
                members.stream().filter(leaf -> leaf.id() - owner.id() > 0).count();
        int middle = members.size() == 2 * mostPerSide ? mostPerSide : (int) clockwise;
        Optional<Peer> last = others(members.subList(0, middle), failed).reduce((nearer, farther) -> farther);
        return Stream.concat(
                        last.stream(),
                        others(members.subList(middle, members.size()), failed).limit(1))
                .toList();
    }

    private static Stream<Peer> others(List<Peer> leaves, Peer failed) {
        return leaves.stream().filter(leaf -> !leaf.equals(failed));
    }
}
