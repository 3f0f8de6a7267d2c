package dev.foresail.network.topology;

import dev.foresail.network.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Figures that tell whether a topology resembles a real network. As with published matrices, percentiles of the round trip count each
 * direction by itself, as twice its latency; triples and detours use the mean of both directions. Above
 * 1,000 endpoints percentiles are those of a million pairs, and triples and detours those of a sample of 1,000; above 500 endpoints
 * triples and the pairs looked at for detours are sampled.
 *
 * @param endpoints size of the topology
 * @param roundTripMillis percentiles of the round trip in milliseconds, each direction by itself
 * @param asymmetry percentiles of abs(there - back) / mean of the one-way latencies
 * @param violatingTriples share of ordered triples (a, b, c) where a - b - c is shorter than a - c
 * @param pairsWithDetour share of pairs with a shorter path through one other endpoint
 * @param pairsWithTenPercentDetour share of pairs that are over 10 % longer than such a path
 * @param pairsWithTwofoldDetour share of pairs that are over twice as long as such a path
 */
public record TopologyStatistics(
        int endpoints,
        Percentiles roundTripMillis,
        Percentiles asymmetry,
        double violatingTriples,
        double pairsWithDetour,
        double pairsWithTenPercentDetour,
        double pairsWithTwofoldDetour) {
    private static final int EXHAUSTIVE_ENDPOINTS = 500;
    private static final int MOST_ENDPOINTS = 1_000;
    private static final int SAMPLED_TRIPLES = 1_000_000;
    private static final int SAMPLED_PAIRS = 40_000;

    /** Five percentiles of one distribution, interpolated linearly between neighbouring values. */
    public record Percentiles(double p1, double p10, double p50, double p90, double p99) {
        static Percentiles of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Percentiles(at(sorted, 1), at(sorted, 10), at(sorted, 50), at(sorted, 90), at(sorted, 99));
        }

        private static double at(double[] sorted, int percent) {
            double place = (sorted.length - 1) * (percent / 100.0);
            int below = (int) place;
            int above = StrictMath.min(below + 1, sorted.length - 1);
            return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }
    }

    /**
     * Describes a topology.
     *
     * @param topology at least 3 endpoints
     * @param seed for the samples
     */
    public static TopologyStatistics of(Topology topology, long seed) {
        if (topology.size() < 3) {
            throw new IllegalArgumentException("statistics need at least 3 endpoints, got " + topology.size());
        }
        Topology described =
                topology.size() > MOST_ENDPOINTS ? SampledTopology.sample(topology, MOST_ENDPOINTS, seed) : topology;
        double[][] roundTrips = roundTrips(described);
        RandomStream random = RandomStream.of(seed, "topology statistics");
        double triples = described.size() > EXHAUSTIVE_ENDPOINTS
                ? sampledViolations(roundTrips, random)
                : allViolations(roundTrips);
        int[] detours = detours(roundTrips, random);
        PairFigures pairs = topology.size() > MOST_ENDPOINTS
                ? PairFigures.sampled(topology, SAMPLED_TRIPLES, random)
                : PairFigures.all(topology);
        return new TopologyStatistics(
                topology.size(),
                Percentiles.of(pairs.roundTripMillis()),
                Percentiles.of(pairs.asymmetry()),
                triples,
                (double) detours[1] / detours[0],
                (double) detours[2] / detours[0],
                (double) detours[3] / detours[0]);
    }

    private static double[][] roundTrips(Topology topology) {
        int size = topology.size();
        double[][] millis = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                millis[a][b] = topology.roundTripNanos(a, b) / 1e6;
                millis[b][a] = millis[a][b];
            }
        }
        return millis;
    }

    private static double allViolations(double[][] roundTrips) {
        int size = roundTrips.length;
        long violations = 0;
        for (int a = 0; a < size; a++) {
            for (int c = 0; c < size; c++) {
                for (int b = 0; b < size; b++) {
                    violations += isViolated(roundTrips, a, b, c) ? 1 : 0;
                }
            }
        }
        return violations / ((double) size * (size - 1) * (size - 2));
    }

    private static double sampledViolations(double[][] roundTrips, RandomStream random) {
        int size = roundTrips.length;
        int drawn = 0;
        int violations = 0;
        while (drawn < SAMPLED_TRIPLES) {
            int a = random.nextInt(size);
            int b = random.nextInt(size);
            int c = random.nextInt(size);
            if (a != b && b != c && a != c) {
                drawn++;
                violations += isViolated(roundTrips, a, b, c) ? 1 : 0;
            }
        }
        return (double) violations / drawn;
    }

    /** False when the endpoints are not distinct: then the sum has the direct path in it, or the direct path is 0. */
    private static boolean isViolated(double[][] roundTrips, int a, int b, int c) {
        return roundTrips[a][b] + roundTrips[b][c] < roundTrips[a][c];
    }

    /** Pairs looked at, those with a detour, those with one that saves more than a tenth of itself, or more than itself. */
    private static int[] detours(double[][] roundTrips, RandomStream random) {
        int size = roundTrips.length;
        int[] counts = new int[4];
        if (size <= EXHAUSTIVE_ENDPOINTS) {
            for (int a = 0; a < size; a++) {
                for (int c = a + 1; c < size; c++) {
                    countDetour(roundTrips, a, c, counts);
                }
            }
            return counts;
        }
        while (counts[0] < SAMPLED_PAIRS) {
            int a = random.nextInt(size);
            int c = random.nextInt(size);
            if (a != c) {
                countDetour(roundTrips, a, c, counts);
            }
        }
        return counts;
    }

    private static void countDetour(double[][] roundTrips, int a, int c, int[] counts) {
        double best = Double.POSITIVE_INFINITY;
        for (int b = 0; b < roundTrips.length; b++) {
            if (b != a && b != c) {
                best = StrictMath.min(best, roundTrips[a][b] + roundTrips[b][c]);
            }
        }
        counts[0]++;
        counts[1] += best < roundTrips[a][c] ? 1 : 0;
        counts[2] += best * 1.1 < roundTrips[a][c] ? 1 : 0;
        counts[3] += best * 2 < roundTrips[a][c] ? 1 : 0;
    }

    /** A small table. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "endpoints                  %d%n", endpoints)
                + String.format(Locale.ROOT, "                             p1     p10     p50     p90     p99%n")
                + row("round trip, ms        ", roundTripMillis, 1)
                + row("asymmetry, %          ", asymmetry, 100)
                + String.format(Locale.ROOT, "violating triples, %%       %.1f%n", violatingTriples * 100)
                + String.format(Locale.ROOT, "pairs with a detour, %%     %.1f%n", pairsWithDetour * 100)
                + String.format(Locale.ROOT, "over 10 %% shorter, %%       %.1f%n", pairsWithTenPercentDetour * 100)
                + String.format(Locale.ROOT, "over 2 x shorter, %%        %.1f%n", pairsWithTwofoldDetour * 100);
    }

    private static String row(String label, Percentiles percentiles, double factor) {
        return String.format(
                Locale.ROOT,
                "%s %8.1f%8.1f%8.1f%8.1f%8.1f%n",
                label,
                percentiles.p1() * factor,
                percentiles.p10() * factor,
                percentiles.p50() * factor,
                percentiles.p90() * factor,
                percentiles.p99() * factor);
    }
}
