package dev.foresail.network.topology;

import dev.foresail.network.random.RandomStream;

/** What there is to say of each pair of endpoints: its round trips, and how different its directions are. */
final class PairFigures {
    private final double[] roundTripMillis;
    private final double[] asymmetry;

    private PairFigures(int pairs) {
        roundTripMillis = new double[2 * pairs];
        asymmetry = new double[pairs];
    }

    /** Of all pairs. */
    static PairFigures all(Topology topology) {
        int size = topology.size();
        PairFigures figures = new PairFigures(size * (size - 1) / 2);
        int next = 0;
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                figures.set(next++, topology, a, b);
            }
        }
        return figures;
    }

    /** Of pairs drawn at random. */
    static PairFigures sampled(Topology topology, int pairs, RandomStream random) {
        PairFigures figures = new PairFigures(pairs);
        for (int i = 0; i < pairs; i++) {
            int a = random.nextInt(topology.size());
            int b = random.nextInt(topology.size() - 1);
            figures.set(i, topology, a, b < a ? b : b + 1);
        }
        return figures;
    }

    /** Round trips in milliseconds, two of each pair: each is twice a direction's latency, as matrices of round trips state them. */
    double[] roundTripMillis() {
        return roundTripMillis;
    }

    /** abs(there - back) / mean of the one-way latencies; 0 when both are 0. */
    double[] asymmetry() {
        return asymmetry;
    }

    private void set(int index, Topology topology, int a, int b) {
        double there = topology.latencyNanos(a, b);
        double back = topology.latencyNanos(b, a);
        roundTripMillis[2 * index] = 2 * there / 1e6;
        roundTripMillis[2 * index + 1] = 2 * back / 1e6;
        asymmetry[index] = there + back == 0 ? 0 : StrictMath.abs(there - back) / ((there + back) / 2);
    }
}
