package dev.foresail.predictor.simulate;

/**
 * Which nodes have a connection to which, one bit for each pair: in systems of up to {@link #MOST_NODES} nodes. In larger ones nothing
 * is remembered. Threads may add pairs of different endpoints side by side.
 */
final class ConnectedPairs {
    /** Two megabytes. */
    static final int MOST_NODES = 4096;

    /** How many numbers there are for each node, which no other node's thread writes. */
    private final int words;

    private final long[] bits;

    ConnectedPairs(int nodes) {
        this.words = nodes > MOST_NODES ? 0 : (nodes + Long.SIZE - 1) / Long.SIZE;
        this.bits = new long[words * nodes];
    }

    void add(int endpoint, int peer) {
        if (bits.length > 0) {
            bits[endpoint * words + peer / Long.SIZE] |= 1L << peer;
        }
    }

    @FunctionalInterface
    interface Pair {
        void accept(int endpoint, int peer);
    }

    void forEach(Pair taker) {
        for (int word = 0; word < bits.length; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                taker.accept(word / words, word % words * Long.SIZE + Long.numberOfTrailingZeros(left));
            }
        }
    }
}
