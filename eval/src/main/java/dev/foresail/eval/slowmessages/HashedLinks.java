package dev.foresail.eval.slowmessages;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.topology.Regions;
import dev.foresail.network.topology.Topology;

/**
 * Links whose latencies lie evenly between two bounds, each a hash of its pair: whatever parts there are, some link between them is
 * about as fast as the fastest.
 */
record HashedLinks(int size, long leastNanos, long mostNanos) implements Topology {
    private static final int REGIONS = 128;

    @Override
    public long latencyNanos(int from, int to) {
        if (from == to) {
            return 0;
        }
        double uniform = (Hashing.mix((long) from << Integer.SIZE | to) >>> 11) * 0x1.0p-53;
        return leastNanos + (long) (uniform * (mostNanos - leastNanos));
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        return 0;
    }

    @Override
    public Regions regions() {
        int count = StrictMath.min(size, REGIONS);
        return new Regions(count, endpoint -> (int) ((long) endpoint * count / size), (from, to) -> leastNanos);
    }
}
