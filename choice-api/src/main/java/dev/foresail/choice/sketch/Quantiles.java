package dev.foresail.choice.sketch;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How many values there are of about which size: quantiles, mean and draws of many numbers of at least 0, such as how long the nodes of
 * a region would take for what waits at them, in nanoseconds. Immutable. Values up to 31 are kept as they are, greater ones within 1/32 of their size.
 *
 * <p>Idea: buckets whose width grows with the value, as in HdrHistogram and DDSketch (Masson, Rim and Lee, VLDB 2019). Which bucket a value
 * belongs to depends on nothing else, so sums are exact and the same in any order. Of at most {@value #MOST_BUCKETS} buckets only those
 * that hold something are kept, in 16 bytes each: 15 KB at most. A bucket that has reached {@link #MOST_IN_BUCKET} stays there, in whatever order it came to it. A sum counts whoever is in both twice: it is for trees, and for what a node tells of itself.
 *
 * @param entries for each bucket that holds something, ascending, its number, from 0 to {@link #MOST_BUCKETS} - 1, and its count, from 1 to
 *     {@link #MOST_IN_BUCKET}
 */
public record Quantiles(List<Long> entries) {
    /** Of as many buckets can be told: those of all values up to {@link Long#MAX_VALUE}. */
    public static final int MOST_BUCKETS = 960;

    /** So many values are told apart in a bucket: the sum over all buckets is a {@code long} still, and each a {@code double} that is exact. */
    public static final long MOST_IN_BUCKET = 1L << 53;

    /** Nothing. */
    public static final Quantiles EMPTY = new Quantiles(new Longs());

    private static final int SUB_BUCKET_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
    private static final int EXACT = 2 * SUB_BUCKETS;
    /** Of draws within a bucket. */
    private static final int FINENESS = 1 << 30;

    public Quantiles {
        entries = Longs.of(entries);
        check(((Longs) entries).values);
    }

    private static void check(long[] values) {
        if (values.length % 2 != 0) {
            throw new IllegalArgumentException("a bucket has a number and a count");
        }
        long before = -1;
        for (int place = 0; place < values.length; place += 2) {
            if (values[place] <= before || values[place] >= MOST_BUCKETS || !isCount(values[place + 1])) {
                throw new IllegalArgumentException("buckets ascend from 0 to " + (MOST_BUCKETS - 1)
                        + " and hold from 1 to 2^53, not bucket " + values[place] + " with " + values[place + 1]);
            }
            before = values[place];
        }
    }

    private static boolean isCount(long count) {
        return count >= 1 && count <= MOST_IN_BUCKET;
    }

    /** One value, at least 0. */
    public static Quantiles of(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a value is at least 0, not " + value);
        }
        return new Quantiles(new Longs(bucket(value), 1));
    }

    /** These and one more value, at least 0. */
    public Quantiles with(long value) {
        return plus(of(value));
    }

    /** The values of both. */
    public Quantiles plus(Quantiles other) {
        long[] one = values();
        long[] two = other.values();
        if (one.length == 0 || two.length == 0) {
            return one.length == 0 ? other : this;
        }
        long[] sum = new long[one.length + two.length];
        int length = 0;
        int left = 0;
        int right = 0;
        while (left < one.length || right < two.length) {
            long bucket = Math.min(bucketAt(one, left), bucketAt(two, right));
            sum[length] = bucket;
            if (bucketAt(one, left) == bucket) {
                sum[length + 1] += one[left + 1];
                left += 2;
            }
            if (bucketAt(two, right) == bucket) {
                sum[length + 1] += two[right + 1];
                right += 2;
            }
            sum[length + 1] = Math.min(MOST_IN_BUCKET, sum[length + 1]);
            length += 2;
        }
        return new Quantiles(new Longs(length == sum.length ? sum : Arrays.copyOf(sum, length)));
    }

    /** Greater than any bucket behind the last. */
    private static long bucketAt(long[] values, int place) {
        return place < values.length ? values[place] : Long.MAX_VALUE;
    }

    /** How many values there are. */
    public long total() {
        long[] values = values();
        long total = 0;
        for (int place = 1; place < values.length; place += 2) {
            total += values[place];
        }
        return total;
    }

    /** The mean, within 1/32; 0 when there is nothing. */
    public double mean() {
        long[] values = values();
        double sum = 0;
        for (int place = 0; place < values.length; place += 2) {
            sum += middle((int) values[place]) * values[place + 1];
        }
        return values.length == 0 ? 0 : sum / total();
    }

    /**
     * The least value that is not below {@code share} of all, within 1/32; 0 when there is nothing.
     *
     * @param share from 0 to 1
     */
    public long quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
        }
        return entries.isEmpty() ? 0 : (long) middle(bucketOf(Math.max(1, (long) StrictMath.ceil(share * total()))));
    }

    /** The share of the values that are above {@code limit}, from 0 to 1; where values are told within 1/32, those of its own bucket count half. 0 when there is nothing. */
    public double shareAbove(long limit) {
        long[] values = values();
        int own = limit < 0 ? -1 : bucket(limit);
        double above = 0;
        for (int place = 0; place < values.length; place += 2) {
            above += values[place] > own
                    ? values[place + 1]
                    : values[place] == own ? values[place + 1] * halfIfWide(own) : 0;
        }
        return values.length == 0 ? 0 : above / total();
    }

    private static double halfIfWide(int bucket) {
        return width(bucket) > 1 ? 0.5 : 0;
    }

    /**
     * One of the values, for what a node is like of which no more is known; within its bucket any is as likely as any other.
     *
     * @param random draws from 0 to below a bound, such as {@code node::random}
     * @throws IllegalStateException when there is nothing to draw from
     */
    public long draw(IntUnaryOperator random) {
        if (entries.isEmpty()) {
            throw new IllegalStateException("nothing to draw from");
        }
        long total = total();
        int bucket = bucketOf(1 + (total <= Integer.MAX_VALUE ? random.applyAsInt((int) total) : below(total, random)));
        long width = width(bucket);
        long within = width == 1 ? 0 : (long) (width * fraction(random));
        return lowest(bucket) + within;
    }

    /** From 0 to below {@code bound}, which one draw does not reach. */
    private static long below(long bound, IntUnaryOperator random) {
        double coarse = fraction(random);
        double fraction = coarse + fraction(random) / FINENESS;
        return Math.min(bound - 1, (long) (fraction * bound));
    }

    private static double fraction(IntUnaryOperator random) {
        return random.applyAsInt(FINENESS) / (double) FINENESS;
    }

    private long[] values() {
        return ((Longs) entries).values;
    }

    /** The bucket of the value with that rank, from 1 on. */
    private int bucketOf(long rank) {
        long[] values = values();
        long seen = 0;
        int place = 0;
        while (place + 2 < values.length && seen + values[place + 1] < rank) {
            seen += values[place + 1];
            place += 2;
        }
        return (int) values[place];
    }

    private static int bucket(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - 1 - SUB_BUCKET_BITS;
        return shift * SUB_BUCKETS + (int) (value >>> shift);
    }

    private static int shift(int bucket) {
        return bucket < EXACT ? 0 : bucket / SUB_BUCKETS - 1;
    }

    private static long lowest(int bucket) {
        int shift = shift(bucket);
        return (long) (bucket - shift * SUB_BUCKETS) << shift;
    }

    private static long width(int bucket) {
        return 1L << shift(bucket);
    }

    private static double middle(int bucket) {
        return lowest(bucket) + (width(bucket) - 1) / 2.0;
    }
}
