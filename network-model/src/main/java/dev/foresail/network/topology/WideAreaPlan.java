package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.random.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleToLongFunction;

/** Where nodes are and how they are attached: the part of a synthetic network before its latencies are bent. Immutable. */
final class WideAreaPlan {
    private static final int REGIONS = 48;
    /** Latitude, longitude on a map cut at 60 degrees east, share of the nodes, spread in degrees. */
    private static final double[][] CONTINENTS = {
        {40, -98, 0.34, 14},
        {50, 10, 0.32, 8},
        {35, -235, 0.18, 12},
        {-20, -55, 0.07, 10},
        {-33, -212, 0.05, 6},
        {20, 77, 0.04, 7}
    };

    private static final double GOLDEN_ANGLE = 2.399963229728653;
    /** How far a region lies off its place on the spiral, as a share of the continent's spread. */
    private static final double PLACE_DEVIATION = 0.15;

    private static final double KILOMETRES_PER_DEGREE_NORTH = 110;
    private static final double KILOMETRES_PER_DEGREE_EAST = 85;
    /** Light in fibre takes 1 ms there and back per 100 km; cables are half as long again as the straight line. */
    private static final double MILLIS_PER_KILOMETRE = 0.015;

    private static final double BACKBONE_MILLIS = 1.5;
    private static final double WITHIN_REGION_MILLIS = 0.8;
    private static final double REGION_PAIR_DEVIATION = 0.015;
    private static final double ACCESS_MEDIAN_MILLIS = 1.1;
    private static final double ACCESS_DEVIATION = 1;
    /** One node of each block of this many is well connected. */
    private static final int WELL_CONNECTED_BLOCK = 32;

    /** The regions' order is that of the continents, so this share lies in the first. */
    private static final double FIRST_WELL_CONNECTED = 0.17;

    private static final double GOLDEN_SECTION = 0.6180339887498949;
    private static final double WELL_CONNECTED_FACTOR = 0.884;
    private static final LogNormalTable PAIR_NOISE = LogNormalTable.of(1, 0.01);
    private static final LogNormalTable BAD_ROUTES = LogNormalTable.inflations(0.1, 0.4);

    private static final long REGION_MASK = 0xFF;
    private static final long WELL_CONNECTED = 0x100;

    private final double[] regionMillis;
    /**
     * Of each node its region, whether it is well connected, and the bits of the milliseconds of its access, in one number: in a network
     * of a million nodes whatever is looked up of one is far from the processor.
     */
    private final long[] packed;

    private final long pairKey;

    private WideAreaPlan(double[] regionMillis, long[] packed, long pairKey) {
        this.regionMillis = regionMillis;
        this.packed = packed;
        this.pairKey = pairKey;
    }

    static WideAreaPlan draw(int nodes, long seed) {
        byte[] homes = drawHomes(nodes, RandomStream.of(seed, "wide area homes"));
        float[] access = drawAccess(nodes, RandomStream.of(seed, "wide area access"));
        boolean[] wellConnected = chooseWellConnected(homes);
        long[] packed = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            long accessBits = (long) Float.floatToIntBits(access[node]) << Integer.SIZE;
            packed[node] = accessBits | (wellConnected[node] ? WELL_CONNECTED : 0) | homes[node];
        }
        return new WideAreaPlan(
                drawRegions(RandomStream.of(seed, "wide area regions")),
                packed,
                Hashing.combine(seed, Hashing.ofText("wide area pairs")));
    }

    WideAreaPlan firstNodes(int nodes) {
        return nodes == packed.length ? this : new WideAreaPlan(regionMillis, Arrays.copyOf(packed, nodes), pairKey);
    }

    int nodes() {
        return packed.length;
    }

    /** A hash of the unordered pair, from which everything that belongs to it is taken. */
    long pairHash(int from, int to) {
        long smaller = StrictMath.min(from, to);
        long larger = StrictMath.max(from, to);
        return Hashing.mix(pairKey + Hashing.mix(smaller << 32 | larger));
    }

    /** Mean of both directions' round trips before bending, in milliseconds. */
    double rawRoundTripMillis(int from, int to) {
        return rawRoundTripMillis(from, to, pairHash(from, to));
    }

    /** As {@link #rawRoundTripMillis(int, int)}, with the pair's hash. */
    double rawRoundTripMillis(int from, int to, long hash) {
        long one = packed[from];
        long other = packed[to];
        double quality = quality(one) * quality(other);
        return pathMillis(one, other)
                * quality
                * PAIR_NOISE.at(hash)
                * BAD_ROUTES.at(hash >>> LogNormalTable.INDEX_BITS);
    }

    /** The way between the nodes' regions and over both accesses, there and back in milliseconds, without anything of the pair. */
    double pathMillis(int from, int to) {
        return pathMillis(packed[from], packed[to]);
    }

    private double pathMillis(long one, long other) {
        int regions = (int) (one & REGION_MASK) * REGIONS + (int) (other & REGION_MASK);
        return regionMillis[regions] + accessMillis(one) + accessMillis(other);
    }

    /**
     * The nodes' regions.
     *
     * @param latency the least latency in nanoseconds of a round trip before bending, which grows with it
     */
    Regions regions(DoubleToLongFunction latency) {
        double least = leastShare();
        return new Regions(
                REGIONS,
                node -> (int) (packed[node] & REGION_MASK),
                (from, to) -> latency.applyAsLong(regionMillis[from * REGIONS + to] * least));
    }

    /** What no round trip before bending is below, in milliseconds. */
    double leastRoundTripMillis() {
        return Arrays.stream(regionMillis).min().orElseThrow() * leastShare();
    }

    /** What is left at least of the way between two regions. */
    private static double leastShare() {
        return WELL_CONNECTED_FACTOR * WELL_CONNECTED_FACTOR * PAIR_NOISE.least() * BAD_ROUTES.least();
    }

    /** Brings into the processor's caches what is looked up of a node. */
    long touch(int node) {
        return packed[node];
    }

    private static float accessMillis(long node) {
        return Float.intBitsToFloat((int) (node >>> Integer.SIZE));
    }

    boolean isWellConnected(int node) {
        return (packed[node] & WELL_CONNECTED) != 0;
    }

    private static double quality(long node) {
        return (node & WELL_CONNECTED) != 0 ? WELL_CONNECTED_FACTOR : 1;
    }

    private static double[] drawRegions(RandomStream random) {
        double[] north = new double[REGIONS];
        double[] east = new double[REGIONS];
        int first = 0;
        for (double[] continent : CONTINENTS) {
            int end = StrictMath.min(REGIONS, first + (int) StrictMath.ceil(continent[2] * REGIONS - 0.4));
            placeRegions(continent, first, end, north, east, random);
            first = end;
        }
        double[] millis = new double[REGIONS * REGIONS];
        for (int a = 0; a < REGIONS; a++) {
            millis[a * REGIONS + a] = WITHIN_REGION_MILLIS;
            for (int b = 0; b < a; b++) {
                double kilometres = distance(north[a] - north[b], east[a] - east[b]);
                double noise = StrictMath.exp(REGION_PAIR_DEVIATION * random.nextGaussian());
                millis[a * REGIONS + b] = (kilometres * MILLIS_PER_KILOMETRE + BACKBONE_MILLIS) * noise;
                millis[b * REGIONS + a] = millis[a * REGIONS + b];
            }
        }
        return millis;
    }

    /**
     * Places the regions of a continent on a spiral, turned at random, with the density of a normal distribution: with
     * independent places the share of detours would wander from seed to seed.
     */
    private static void placeRegions(
            double[] continent, int first, int end, double[] north, double[] east, RandomStream random) {
        double turn = 2 * StrictMath.PI * random.nextDouble();
        for (int region = first; region < end; region++) {
            double inside = (region - first + 0.5) / (end - first);
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - inside));
            double angle = turn + GOLDEN_ANGLE * (region - first);
            double northward = radius * StrictMath.sin(angle) + PLACE_DEVIATION * random.nextGaussian();
            double eastward = radius * StrictMath.cos(angle) + PLACE_DEVIATION * random.nextGaussian();
            north[region] = (continent[0] + northward * continent[3]) * KILOMETRES_PER_DEGREE_NORTH;
            east[region] = (continent[1] + eastward * continent[3] * 1.5) * KILOMETRES_PER_DEGREE_EAST;
        }
    }

    private static double distance(double north, double east) {
        return StrictMath.sqrt(north * north + east * east);
    }

    /** Every region gets the same share of the nodes: with shares drawn at random the percentiles would wander. */
    private static byte[] drawHomes(int nodes, RandomStream random) {
        byte[] homes = new byte[nodes];
        for (int node = 0; node < nodes; node++) {
            homes[node] = (byte) ((long) node * REGIONS / nodes);
        }
        for (int node = nodes - 1; node > 0; node--) {
            int other = random.nextInt(node + 1);
            byte home = homes[node];
            homes[node] = homes[other];
            homes[other] = home;
        }
        return homes;
    }

    private static float[] drawAccess(int nodes, RandomStream random) {
        float[] access = new float[nodes];
        for (int node = 0; node < nodes; node++) {
            access[node] = (float) (ACCESS_MEDIAN_MILLIS * StrictMath.exp(ACCESS_DEVIATION * random.nextGaussian()));
        }
        return access;
    }

    /** Of each block of nodes the one nearest to a place that walks evenly over all continents is well connected. */
    private static boolean[] chooseWellConnected(byte[] homes) {
        boolean[] chosen = new boolean[homes.length];
        double place = FIRST_WELL_CONNECTED;
        for (int start = 0; start <= homes.length - WELL_CONNECTED_BLOCK; start += WELL_CONNECTED_BLOCK) {
            int wanted = (int) (place * REGIONS);
            int best = start;
            for (int node = start; node < start + WELL_CONNECTED_BLOCK; node++) {
                if (StrictMath.abs(homes[node] - wanted) < StrictMath.abs(homes[best] - wanted)) {
                    best = node;
                }
            }
            chosen[best] = true;
            place = (place + GOLDEN_SECTION) % 1;
        }
        return chosen;
    }
}
