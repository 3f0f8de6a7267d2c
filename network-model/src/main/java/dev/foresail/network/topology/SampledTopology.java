package dev.foresail.network.topology;

import dev.foresail.network.random.RandomStream;

/** Some endpoints of another topology, renumbered. Immutable and thread-safe. */
public final class SampledTopology implements Topology {
    private final Topology source;
    private final int[] chosen;

    private SampledTopology(Topology source, int[] chosen) {
        this.source = source;
        this.chosen = chosen;
    }

    /**
     * Picks endpoints at random without replacement.
     *
     * @param nodes from 1 to the source's size
     * @param seed the same seed picks the same endpoints in the same order
     * @throws IllegalArgumentException when there are not so many endpoints
     */
    public static Topology sample(Topology source, int nodes, long seed) {
        if (nodes < 1 || nodes > source.size()) {
            throw new IllegalArgumentException("cannot pick " + nodes + " of " + source.size() + " endpoints");
        }
        RandomStream random = RandomStream.of(seed, "topology sample", nodes);
        int[] all = new int[source.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        int[] chosen = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            int pick = random.nextInt(i, all.length);
            chosen[i] = all[pick];
            all[pick] = all[i];
        }
        return new SampledTopology(source, chosen);
    }

    /** The index in the source of one of this topology's endpoints. */
    public int sourceIndex(int endpoint) {
        return chosen[endpoint];
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public long latencyNanos(int from, int to) {
        return source.latencyNanos(chosen[from], chosen[to]);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return source.bandwidthBytesPerSecond(chosen[from], chosen[to]);
    }

    @Override
    public double lossProbability(int from, int to) {
        return source.lossProbability(chosen[from], chosen[to]);
    }

    @Override
    public double lossBurst(int from, int to) {
        return source.lossBurst(chosen[from], chosen[to]);
    }

    @Override
    public double jitterFraction(int from, int to) {
        return source.jitterFraction(chosen[from], chosen[to]);
    }

    @Override
    public Regions regions() {
        return source.regions().renumbered(endpoint -> chosen[endpoint]);
    }
}
