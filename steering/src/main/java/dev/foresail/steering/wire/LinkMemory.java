package dev.foresail.steering.wire;

/**
 * What the two ends of a link remember of it: the last checkpoint either way, against which the next one is a difference. As
 * frames come in order and none is lost while the link is whole, both ends remember the same. Not thread-safe.
 */
public final class LinkMemory {
    private byte[] sent = {};
    private byte[] received = {};

    byte[] sent() {
        return sent;
    }

    byte[] received() {
        return received;
    }

    void sent(byte[] checkpoint) {
        sent = kept(checkpoint);
    }

    void received(byte[] checkpoint) {
        received = kept(checkpoint);
    }

    private static byte[] kept(byte[] checkpoint) {
        return checkpoint.length <= Differences.MOST_BYTES ? checkpoint : new byte[0];
    }

    /** An independent copy. */
    public LinkMemory copy() {
        LinkMemory copy = new LinkMemory();
        copy.sent = sent;
        copy.received = received;
        return copy;
    }
}
