package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.Hashing;

/**
 * A 64-bit digest of everything that happened: the same trace gives the same digest on every machine.
 *
 * <p>It is the sum of a number for each happening, made of its time, its place and its content, so that it is the same in whatever order
 * the happenings of different nodes are told: several workers have one each, and the sum of them is the run's. Weakness: what happens at
 * one node at exactly one time may change places unseen, unless anything later depends on it. Not thread-safe.
 */
final class TraceDigest {
    private static final int KIND_BITS = 8;

    private final StateWriter writer = new StateWriter();
    private long head;
    private long sum;

    /** The writer for one happening's content, empty. */
    StateWriter begin(long atNanos, int node, int kind) {
        writer.reset();
        head = Hashing.mix(atNanos) + ((long) node << KIND_BITS | kind);
        return writer;
    }

    /** Adds what was written since {@link #begin}. */
    void end() {
        sum += Hashing.combine(head, writer.fingerprint());
    }

    /** Adds everything that another one was told. */
    void add(TraceDigest other) {
        sum += other.sum;
    }

    /** What all happenings add up to. */
    long sum() {
        return sum;
    }

    /** Adds everything that another one was told, somewhere else. */
    void add(long otherSum) {
        sum += otherSum;
    }

    @Override
    public String toString() {
        return String.format("%016x", sum);
    }
}
