package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.StateWriter;

/** A rolling 64-bit digest of everything that happened: the same trace gives the same digest on every machine. */
final class TraceDigest {
    private final StateWriter writer = new StateWriter();
    private long digest;

    /** The writer for one event's content, empty. */
    StateWriter begin(long atNanos, int node, int kind) {
        writer.reset();
        writer.writeLong(atNanos);
        writer.writeInt(node);
        writer.writeInt(kind);
        return writer;
    }

    /** Mixes in what was written since {@link #begin}. */
    void end() {
        digest = Long.rotateLeft(digest, 5) * 0x9E3779B97F4A7C15L ^ writer.fingerprint();
    }

    @Override
    public String toString() {
        return String.format("%016x", digest);
    }
}
