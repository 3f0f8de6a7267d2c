package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.Hashing;
import java.util.Comparator;

/**
 * A node as others know it.
 *
 * @param id its nodeId: a place on the circle of 64 bits, unsigned; sixteen digits of four bits, the first one is the highest
 */
public record Peer(long id, NodeId address) {
    public static final int DIGIT_BITS = 4;
    static final int DIGITS = Long.SIZE / DIGIT_BITS;
    static final int DIGIT_VALUES = 1 << DIGIT_BITS;

    /** @param isHashed whether the nodeId is a hash of the address, which no two addresses have in common, or the address itself */
    public static Peer of(NodeId address, boolean isHashed) {
        return new Peer(isHashed ? Hashing.mix(address.value()) : address.value(), address);
    }

    /** How many digits at the beginning are those of {@code key}: 0 to 16. */
    public int sharedDigits(long key) {
        return Long.numberOfLeadingZeros(id ^ key) / DIGIT_BITS;
    }

    /** Those that are numerically closer to {@code key} come first, whichever way round; of two that are as close, the one before the key. */
    public static Comparator<Peer> byDistance(long key) {
        return Comparator.comparing((Peer peer) -> smaller(key - peer.id, peer.id - key), Long::compareUnsigned)
                .thenComparing(peer -> key - peer.id, Long::compareUnsigned);
    }

    private static long smaller(long one, long other) {
        return Long.compareUnsigned(one, other) <= 0 ? one : other;
    }
}
