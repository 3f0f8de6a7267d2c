package dev.foresail.predictor.simulate;

/**
 * Which nodes have a connection to which, one bit for each pair: in systems of up to {@link #MOST_NODES} nodes. In larger ones nothing
 * is remembered. Not thread-safe.
 */
final class ConnectedPairs {
    /** Two megabytes. */
    static final int MOST_NODES = 4096;

    private final int nodes;
    private final long[] bits;

    ConnectedPairs(int nodes) {
        this.nodes = nodes;
        this.bits = nodes > MOST_NODES ? new long[0] : new long[(nodes * nodes + Long.SIZE - 1) / Long.SIZE];
    }

    void add(int endpoint, int peer) {
        if (bits.length > 0) {
            int pair = endpoint * nodes + peer;
            bits[pair / Long.SIZE] |= 1L << pair;
        }
    }

    @FunctionalInterface
    interface Pair {
        void accept(int endpoint, int peer);
    }

    void forEach(Pair taker) {
        for (int word = 0; word < bits.length; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                int pair = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                taker.accept(pair / nodes, pair % nodes);
            }
        }
    }
}
