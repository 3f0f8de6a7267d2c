package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.random.RandomStream;
import java.util.Arrays;

/**
 * Generates wide-area networks. Nodes live in regions on a flat map cut through the Indian Ocean, because traffic between
 * Europe and East Asia mostly goes through America; each has an access link; a few nodes are so well connected that detours
 * through them are shorter than direct paths; each pair has its own noise, asymmetry and jitter. Latencies are then bent
 * slightly, so that percentiles of the round trip are those of PlanetLab whatever the seed.
 *
 * <p>Fitted to published measurements of PlanetLab (490 nodes, round trips and triangle violations) and of 69 cloud regions
 * (asymmetry and throughput). Nobody has published losses of pairs, so none are generated.
 *
 * <p>Of 300 seeds each at 200, 300 and 490 nodes, 97 % or more give all of: percentiles within 15 % of the targets, 4 to 8 % of
 * triples violated, 25 to 50 % of pairs with a detour over 10 % shorter. The rest miss the detours or the 1st percentile.
 *
 * <p>Memory: regions squared plus a few bytes per node. Nothing is stored per pair: what belongs to a pair is a hash of it.
 */
public final class SyntheticWideArea {
    /** Nodes that calibration looks at, so that a small network is a random part of a larger one. */
    private static final int CALIBRATION_NODES = 200;

    private static final int CALIBRATION_PAIRS = 40_000;

    /** Probabilities and round trips in milliseconds that the bent distribution passes through. */
    private static final double[] TARGET_PROBABILITIES = {0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999};

    private static final double[] TARGET_MILLIS = {0.2, 5.9, 18, 31, 80, 134, 205, 291, 404, 520};

    private SyntheticWideArea() {}

    /**
     * Generates a network.
     *
     * @param nodes at least 1
     * @param seed the same seed and number of nodes give the same network on every machine and JDK
     */
    public static Topology generate(int nodes, long seed) {
        if (nodes < 1) {
            throw new IllegalArgumentException("a network needs at least one node, got " + nodes);
        }
        int population = StrictMath.max(nodes, CALIBRATION_NODES);
        WideAreaPlan plan = WideAreaPlan.draw(population, seed);
        double[] knots = rawPercentiles(plan, population, seed);
        return new WideAreaTopology(plan.firstNodes(nodes), knots, TARGET_MILLIS, Hashing.mix(seed));
    }

    private static double[] rawPercentiles(WideAreaPlan plan, int population, long seed) {
        RandomStream random = RandomStream.of(seed, "wide area calibration");
        double[] sample = new double[CALIBRATION_PAIRS];
        for (int i = 0; i < sample.length; i++) {
            int from = random.nextInt(population);
            int to = random.nextInt(population - 1);
            sample[i] = plan.rawRoundTripMillis(from, to < from ? to : to + 1);
        }
        Arrays.sort(sample);
        double[] knots = new double[TARGET_PROBABILITIES.length];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = sample[(int) (TARGET_PROBABILITIES[i] * (sample.length - 1))];
        }
        return knots;
    }
}
