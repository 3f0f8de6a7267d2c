package dev.foresail.network.topology;

import dev.foresail.network.random.Normal;
import dev.foresail.network.random.RandomStream;
import java.util.function.UnaryOperator;

/**
 * Generates networks like a measured one, of any number of nodes: their round trips are distributed as there, and as many triples
 * violate the triangle inequality and as many pairs have a shorter detour. Nodes live at sites, as many as the measured
 * network had endpoints; a table has the sites' latencies, and pairs of nodes differ from their sites by noise as strong as the
 * shares of detours allow, which is found by bisection. Nodes of one site are near each other.
 *
 * <p>Like a matrix: its endpoints are the sites. Like a {@link NetworkProfile}, of which only figures are known: sites are put on a
 * map, with access links, a few that are well connected, and bad routes; how many and how bad is turned for each seed until the
 * profile's figures come out.
 *
 * <p>Memory: 4 bytes per pair of sites, 2 bytes per node.
 */
public final class NetworkLike {
    /** The most sites: of a larger matrix a sample is taken. */
    static final int MOST_SITES = 1_000;

    private static final int TURNS = 24;
    private static final int TURN_PAIRS = 4_000;
    /** Turning ends when no share is farther off than this. */
    private static final double NEAR_ENOUGH = 0.006;
    /** Noise may move no share by more than this. */
    private static final double NOISE_MAY_MOVE = 0.005;

    private static final double MOST_NOISE = 0.05;
    private static final int BISECTIONS = 7;
    private static final int NOISE_NODES = 500;
    private static final int NOISE_PAIRS = 2_500;

    private NetworkLike() {}

    /**
     * A network like a measured one.
     *
     * @param nodes at least 1
     * @param seed the same arguments give the same network on every machine and JDK
     */
    public static Topology matrix(Topology measured, int nodes, long seed) {
        Topology sites = measured.size() > MOST_SITES ? SampledTopology.sample(measured, MOST_SITES, seed) : measured;
        return network(SiteTable.of(sites), checked(nodes), seed);
    }

    /**
     * A network of which only a profile is known.
     *
     * @param nodes at least 1
     * @param seed the same arguments give the same network on every machine and JDK
     */
    public static Topology profile(NetworkProfile profile, int nodes, long seed) {
        return network(sites(profile, WithinSite.of(checked(nodes), profile.endpoints()), seed), nodes, seed);
    }

    private static int checked(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("a network needs at least one node, got " + nodes);
        }
        return nodes;
    }

    private static SiteTable sites(NetworkProfile profile, WithinSite within, long seed) {
        SitePlan plan = SitePlan.draw(profile.endpoints(), seed);
        UnaryOperator<Quantiles> bend = had -> profile.bendOf(had, within);
        double[][] asymmetries = asymmetries(profile, seed);
        DetourShares wanted = profile.detours().shares();
        SiteKnobs knobs = SiteKnobs.START;
        SiteKnobs best = knobs;
        double distance = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < TURNS && distance > NEAR_ENOUGH; turn++) {
            DetourShares got = DetourShares.of(
                    plan.roundTrips(knobs, asymmetries, bend), TURN_PAIRS, RandomStream.of(seed, "turning"));
            if (got.distanceTo(wanted) < distance) {
                distance = got.distanceTo(wanted);
                best = knobs;
            }
            knobs = knobs.turned(got, wanted);
        }
        return SiteTable.of(plan.roundTrips(best, asymmetries, bend), asymmetries);
    }

    /** Every pair of sites gets another quantile, so that percentiles do not wander from seed to seed. */
    private static double[][] asymmetries(NetworkProfile profile, long seed) {
        RandomStream random = RandomStream.of(seed, "site asymmetries");
        int sites = profile.endpoints();
        double[] quantiles = shuffledQuantiles(sites * (sites - 1) / 2, random);
        double[][] asymmetries = new double[sites][sites];
        int next = 0;
        for (int a = 0; a < sites; a++) {
            for (int b = 0; b < a; b++) {
                double logarithm = profile.asymmetryDeviation() * Normal.quantile(quantiles[next++]);
                double size =
                        StrictMath.min(profile.asymmetryLimit(), profile.asymmetryMedian() * StrictMath.exp(logarithm));
                asymmetries[a][b] = random.nextBoolean() ? size : -size;
                asymmetries[b][a] = -asymmetries[a][b];
            }
        }
        return asymmetries;
    }

    private static double[] shuffledQuantiles(int count, RandomStream random) {
        double[] quantiles = new double[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            quantiles[i] = quantiles[other];
            quantiles[other] = (i + 0.5) / count;
        }
        return quantiles;
    }

    private static Topology network(SiteTable sites, int nodes, long seed) {
        double[] within = WithinSite.of(nodes, sites.size()).millis(Quantiles.of(sites.roundTrips()));
        short[] siteOfNode = SiteNetwork.spread(nodes, sites.size(), RandomStream.of(seed, "site homes"));
        LogNormalTable jitter = LogNormalTable.capped(0.016, 1.43, 0.7);
        SiteNetwork silent = SiteNetwork.of(sites, siteOfNode, jitter, within, seed);
        return silent.withNoise(noise(silent, seed));
    }

    /** The strongest noise that leaves the shares of detours nearly as they are. */
    private static double noise(SiteNetwork silent, long seed) {
        if (silent.size() < 3) {
            return 0;
        }
        DetourShares wanted = shares(silent, seed);
        double most = MOST_NOISE;
        double least = 0;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (least + most) / 2;
            if (shares(silent.withNoise(middle), seed).distanceTo(wanted) <= NOISE_MAY_MOVE) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return least;
    }

    private static DetourShares shares(Topology network, long seed) {
        int size = StrictMath.min(network.size(), NOISE_NODES);
        double[][] roundTrips = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                roundTrips[a][b] = network.roundTripNanos(a, b) / 1e6;
                roundTrips[b][a] = roundTrips[a][b];
            }
        }
        return DetourShares.of(roundTrips, NOISE_PAIRS, RandomStream.of(seed, "noise"));
    }
}
