package dev.foresail.network.topology;

/** One-way latencies between sites, in milliseconds: what takes memory with the square of its size. Immutable. */
final class SiteTable {
    private static final double NANOS_PER_MILLI = 1e6;

    private final int size;
    private final float[] millis;

    private SiteTable(int size, float[] millis) {
        this.size = size;
        this.millis = millis;
    }

    /** One site for each endpoint. */
    static SiteTable of(Topology source) {
        int size = source.size();
        float[] millis = new float[size * size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                millis[from * size + to] = from == to ? 0 : (float) (source.latencyNanos(from, to) / NANOS_PER_MILLI);
            }
        }
        return new SiteTable(size, millis);
    }

    /**
     * From round trips and how much slower one direction is.
     *
     * @param roundTrips symmetric, in milliseconds
     * @param asymmetries of row to column: (there - back) / mean of the one-way latencies, between -2 and 2, the opposite of
     *     column to row's
     */
    static SiteTable of(double[][] roundTrips, double[][] asymmetries) {
        int size = roundTrips.length;
        float[] millis = new float[size * size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                millis[from * size + to] = (float) (roundTrips[from][to] / 2 * (1 + asymmetries[from][to] / 2));
            }
        }
        return new SiteTable(size, millis);
    }

    int size() {
        return size;
    }

    double oneWayMillis(int from, int to) {
        return millis[from * size + to];
    }

    double roundTripMillis(int one, int other) {
        return (double) millis[one * size + other] + millis[other * size + one];
    }

    /** The round trips of all pairs. */
    double[] roundTrips() {
        double[] values = new double[size * (size - 1) / 2];
        int next = 0;
        for (int from = 0; from < size; from++) {
            for (int to = from + 1; to < size; to++) {
                values[next++] = roundTripMillis(from, to);
            }
        }
        return values;
    }
}
