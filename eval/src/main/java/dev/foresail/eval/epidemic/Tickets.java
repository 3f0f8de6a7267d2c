package dev.foresail.eval.epidemic;

import dev.foresail.choice.NodeId;

/**
 * Pseudo-random draws that others can check: in BAR Gossip they come of a signature of the round's number, here of a hash. Pure
 * functions.
 */
final class Tickets {
    private Tickets() {}

    /** What {@code node} draws in a round of its own, the finaliser of SplitMix64 of both; at least 0. */
    static long of(NodeId node, int round) {
        long mixed = (node.value() << 32 ^ round) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) >>> 1;
    }
}
