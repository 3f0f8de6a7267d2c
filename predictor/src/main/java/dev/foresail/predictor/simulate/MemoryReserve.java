package dev.foresail.predictor.simulate;

/** Memory that is kept back, so that some is left to say that none is left. Not thread-safe. */
final class MemoryReserve {
    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 1 << 15;

    // Many small ones: collectors move large ones with effort.
    private byte[][] blocks = new byte[BLOCKS][BLOCK_BYTES];

    void release() {
        blocks = new byte[0][];
    }

    /** How much is kept back. */
    long bytes() {
        return (long) blocks.length * BLOCK_BYTES;
    }
}
