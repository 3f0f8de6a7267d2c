package dev.foresail.predictor.simulate;

/**
 * Messages between parts that came when their time was over, and were taken to arrive at once (slow messages; Lin, Pan, Guo, Zhang,
 * "Simulating Large-Scale P2P Systems with the WiDS Toolkit", MASCOTS 2005). Not thread-safe.
 */
final class Slowness {
    private long messages;
    private long nanos;

    void late(long lateNanos) {
        messages++;
        nanos += lateNanos;
    }

    void add(Slowness other) {
        messages += other.messages;
        nanos += other.nanos;
    }

    long messages() {
        return messages;
    }

    long nanos() {
        return nanos;
    }
}
