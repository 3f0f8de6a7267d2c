package dev.foresail.eval.proposer;

import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What the replicas meet: where clients are, and what is slow. What is left open, such as which region is busy, is drawn by the seed. */
enum ProposerSetting {
    /** Every region has as many clients. */
    EVEN,
    /** Two thirds of the clients are in one region. */
    SKEWED,
    /** Nearly all clients are in two regions, half in each. */
    TWO_REGIONS,
    /** As {@link #SKEWED}, and the busy region's replica takes 8 ms for every event. */
    SLOW_REPLICA,
    /** As {@link #SKEWED}, and the link from the busy region to the nearest other one is overloaded. */
    OVERLOADED_LINK,
    /** As {@link #SKEWED}, and every 25 s another region is the busy one. */
    MOVING;

    static final int REPLICAS = 5;
    private static final double MOST = 0.68;
    private static final double HALF = 0.455;
    private static final Duration SERVICE = Duration.ofMillis(8);
    private static final long STAY_NANOS = 25_000_000_000L;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The share of the clients' commands that each region has at a time. */
    double[] shares(long seed, long atNanos) {
        int busy = busy(seed);
        double[] shares = new double[REPLICAS];
        switch (this) {
            case EVEN -> Arrays.fill(shares, 1.0 / REPLICAS);
            case TWO_REGIONS -> {
                Arrays.fill(shares, (1 - 2 * HALF) / (REPLICAS - 2));
                shares[busy] = HALF;
                shares[(busy + 1) % REPLICAS] = HALF;
            }
            default -> {
                Arrays.fill(shares, (1 - MOST) / (REPLICAS - 1));
                long moves = this == MOVING ? atNanos / STAY_NANOS : 0;
                shares[(int) ((busy + moves) % REPLICAS)] = MOST;
            }
        }
        return shares;
    }

    /** The region that is busy at first, from 0. */
    int busy(long seed) {
        return RandomStream.of(seed, "busy region").nextInt(REPLICAS);
    }

    Topology links(Topology regions, long seed) {
        int busy = busy(seed);
        return new ReplicaLinks(regions, busy, this == OVERLOADED_LINK ? nearest(regions, busy) : busy);
    }

    private static int nearest(Topology regions, int region) {
        int nearest = region == 0 ? 1 : 0;
        for (int other = 0; other < REPLICAS; other++) {
            if (other != region && regions.roundTripNanos(region, other) < regions.roundTripNanos(region, nearest)) {
                nearest = other;
            }
        }
        return nearest;
    }

    /** How long every event takes a region's replica. */
    Duration service(int region, long seed) {
        return this == SLOW_REPLICA && region == busy(seed) ? SERVICE : Duration.ZERO;
    }
}
