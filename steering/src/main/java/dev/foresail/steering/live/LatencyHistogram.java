package dev.foresail.steering.live;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets that are at most 1/16 wide of what they hold. Recording allocates nothing; thread-safe for one
 * writer and any readers.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** Counts one duration in nanoseconds; a negative one counts as 0. */
    public void record(long nanos) {
        int bucket = bucket(Math.max(0, nanos));
        counts.lazySet(bucket, counts.get(bucket) + 1);
    }

    private static int bucket(long nanos) {
        if (nanos < SUB_BUCKETS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(nanos);
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    /** The largest duration of a bucket. */
    private static long upperNanos(int bucket) {
        if (bucket < 2 * SUB_BUCKETS) {
            return bucket;
        }
        int shift = (bucket >>> SUB_BITS) - 1;
        long mantissa = SUB_BUCKETS + (long) (bucket & (SUB_BUCKETS - 1));
        return ((mantissa + 1) << shift) - 1;
    }

    /** Adds what {@code other} has counted. */
    public void add(LatencyHistogram other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts.lazySet(bucket, counts.get(bucket) + other.counts.get(bucket));
        }
    }

    /** What was counted since {@code earlier}, a copy of this histogram. */
    public LatencyHistogram since(LatencyHistogram earlier) {
        LatencyHistogram since = new LatencyHistogram();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            since.counts.set(bucket, counts.get(bucket) - earlier.counts.get(bucket));
        }
        return since;
    }

    /** As it is now. */
    public LatencyHistogram copy() {
        return since(new LatencyHistogram());
    }

    public long count() {
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            count += counts.get(bucket);
        }
        return count;
    }

    /**
     * The duration in microseconds that the given share of all does not exceed; 0 without any.
     *
     * @param share in [0, 1], such as 0.99
     */
    public double micros(double share) {
        long rank = (long) Math.ceil(share * count());
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts.get(bucket);
            if (seen >= rank && seen > 0) {
                return upperNanos(bucket) / 1e3;
            }
        }
        return 0;
    }
}
