package dev.foresail.eval.blocks;

import java.time.Duration;

/**
 * What is the same for every peer.
 *
 * @param blocks how many the file has, 1 to {@link Bitmap#MOST_BLOCKS}
 * @param blockBytes how much each weighs, above 0
 * @param uploadTime how long a node's access takes for one: the next leaves when the one before is out
 * @param window how many blocks a node has asked for at most, at least 1
 * @param asksAgain whether a node that has asked for all that it lacks may ask another peer for the same
 */
record Rules(int blocks, long blockBytes, Duration uploadTime, int window, boolean asksAgain) {
    /** So many a node has asked one peer for at most: while one is on its way the peer has the next to send. */
    static final int PER_SENDER = 2;

    /** Of nodes that ask for a block once. */
    Rules(int blocks, long blockBytes, Duration uploadTime, int window) {
        this(blocks, blockBytes, uploadTime, window, false);
    }

    Rules {
        if (blocks < 1 || blocks > Bitmap.MOST_BLOCKS || blockBytes < 1 || uploadTime.isNegative() || window < 1) {
            throw new IllegalArgumentException("[FS462] 1 to " + Bitmap.MOST_BLOCKS
                    + " blocks of at least 1 byte, a time of at least 0 and a window of at least 1, not " + blocks
                    + " blocks of " + blockBytes + " bytes, " + uploadTime + " and " + window);
        }
    }
}
