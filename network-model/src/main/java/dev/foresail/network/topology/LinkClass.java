package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import java.util.List;
import java.util.Optional;

/**
 * How steady the links of a network are, whatever their latencies: what comes on top of the least delay on average, for each pair
 * of nodes, and what is lost. {@link LinkSampler} gives each message its own delay. Immutable and thread-safe.
 */
public final class LinkClass {
    /** No pair has more on top than this many times its latency. */
    private static final double MOST_JITTER = 20;

    /** Standard deviation over mean of the sampler's tail: sqrt(exp(1.17^2) - 1). */
    private static final double DEVIATION_OVER_MEAN = 1.712;

    /**
     * Hosts across the Internet: (mean - min) / min of WonderProxy's pings, 2020: 50th, 90th and 99th percentile of the pairs. What the
     * pings' mdev is over that, 1.9, 1.8 and 1.6, is near the tail's 1.7. No losses are published.
     */
    public static final LinkClass WIDE_AREA =
            new LinkClass("wide-area", LogNormalTable.through(0.016, 0.10, 0.64, MOST_JITTER), Optional.empty());

    /**
     * Backbones of clouds: mdev / min of Skyplane's measurements from AWS and Azure, 2022, the same percentiles; the mean follows as the
     * tail has it. No losses are published.
     */
    public static final LinkClass CLOUD = new LinkClass(
            "cloud",
            LogNormalTable.through(
                    0.0027 / DEVIATION_OVER_MEAN,
                    0.009 / DEVIATION_OVER_MEAN,
                    0.059 / DEVIATION_OVER_MEAN,
                    MOST_JITTER),
            Optional.empty());

    /**
     * Personal devices: two delays of a pair differ by 40 % in the median, as two figures of Seattle's devices do that were measured
     * at least 16 slices apart (their 90th percentile, 260 %, is not reached: 170 %). The deviation between pairs and the losses, 1 % in
     * bursts of 3, are assumptions.
     */
    public static final LinkClass UNSTABLE =
            new LinkClass("unstable", LogNormalTable.capped(1.5, 1, MOST_JITTER), Optional.of(new Loss(0.01, 3)));

    /** Those that have a name. */
    public static final List<LinkClass> KNOWN = List.of(WIDE_AREA, CLOUD, UNSTABLE);

    private final String name;
    private final LogNormalTable jitter;
    private final Optional<Loss> loss;

    private LinkClass(String name, LogNormalTable jitter, Optional<Loss> loss) {
        this.name = name;
        this.jitter = jitter;
        this.loss = loss;
    }

    /** The class that has this name, if there is one. */
    public static Optional<LinkClass> named(String name) {
        return KNOWN.stream().filter(known -> known.name.equals(name)).findFirst();
    }

    /** To choose it by. */
    public String name() {
        return name;
    }

    /**
     * A network with links of this class.
     *
     * @param before its latencies and bandwidths
     * @param seed which pair has how much jitter
     */
    public Topology over(Topology before, long seed) {
        long key = Hashing.combine(seed, Hashing.ofText("link class pairs"));
        return new DisturbedTopology(before, Optional.of(jitter), loss, key);
    }

    @Override
    public String toString() {
        return name;
    }
}
