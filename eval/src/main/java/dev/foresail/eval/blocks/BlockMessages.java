package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Sized;

/** What peers tell each other. */
public final class BlockMessages {
    private BlockMessages() {}

    /**
     * Which blocks the sender has.
     *
     * @param given which of them it has given to anybody, or is about to
     */
    public record Have(Bitmap held, Bitmap given) {
        static final Have NOTHING = new Have(Bitmap.NONE, Bitmap.NONE);
    }

    /**
     * What a peer tells of itself to those who may ask it.
     *
     * @param waiting the number of binary digits of how many blocks it was asked for and has not sent: it matters the less by one the more there are
     */
    public record Load(NodeId peer, int waiting) {
        static Load of(Share share) {
            return new Load(
                    share.self(),
                    Integer.SIZE - Integer.numberOfLeadingZeros(share.uploads().size()));
        }
    }

    /** The sender wants a block. */
    public record Request(int block) {}

    /**
     * A block.
     *
     * @param bytes what it weighs
     */
    public record Block(int block, long bytes) implements Sized {}
}
