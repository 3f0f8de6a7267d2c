package dev.foresail.network.coordinate;

/** Answers the round trip of any pair of nodes, measured or not. Implementations are immutable. */
@FunctionalInterface
public interface PairModel {
    /** In milliseconds, above 0; nodes are indices from 0. */
    double roundTripMillis(int from, int to);
}
