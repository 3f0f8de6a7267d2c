package dev.foresail.network.coordinate;

/**
 * A measured round trip; it serves both directions of a pair unless the other one was measured, too.
 *
 * @param from an index from 0
 * @param to another index
 * @param roundTripMillis finite and above 0
 */
public record PairSample(int from, int to, double roundTripMillis) {
    /** @throws IllegalArgumentException when it is no round trip between two nodes */
    public PairSample {
        if (from < 0 || to < 0 || from == to) {
            throw new IllegalArgumentException("a pair is two indices from 0, not " + from + " and " + to);
        }
        if (!(roundTripMillis > 0) || Double.isInfinite(roundTripMillis)) {
            throw new IllegalArgumentException("a round trip is finite and above 0 ms, not " + roundTripMillis);
        }
    }

    PairSample reversed() {
        return new PairSample(to, from, roundTripMillis);
    }
}
