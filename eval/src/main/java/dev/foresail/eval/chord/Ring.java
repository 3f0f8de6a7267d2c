package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.Hashing;
import java.util.Comparator;

/** Places on a circle, 64 bits that are taken as unsigned. Pure functions. */
final class Ring {
    private Ring() {}

    /**
     * Where a node is.
     *
     * @param hashed whether nodes are spread over the circle; else they are where their ids are
     */
    static long position(NodeId node, boolean hashed) {
        return hashed ? Hashing.mix(node.value()) : node.value();
    }

    /** Whether one comes past {@code place} on the way from {@code start} to {@code end}, both excluded. */
    static boolean isBetween(long start, long place, long end) {
        return place != start && (start == end || Long.compareUnsigned(place - start, end - start) < 0);
    }

    /** The same with the end included. */
    static boolean isUpTo(long start, long place, long end) {
        return place == end || isBetween(start, place, end);
    }

    /** The order in which places come after {@code start}, which is the last itself. */
    static Comparator<Long> after(long start) {
        return (one, other) -> Long.compareUnsigned(one - start - 1, other - start - 1);
    }
}
