package dev.foresail.network.topology;

import dev.foresail.network.random.Normal;

/** A log-normal distribution as a table of quantiles, to be drawn from with a few bits of a hash. Immutable. */
final class LogNormalTable {
    /** How many low bits of a hash pick the value. */
    static final int INDEX_BITS = 12;

    private static final int LENGTH = 1 << INDEX_BITS;
    private static final double NORMAL_P90 = Normal.quantile(0.9);
    private static final double NORMAL_P99 = Normal.quantile(0.99);

    private final double[] values;

    private LogNormalTable(double[] values) {
        this.values = values;
    }

    /** Median and standard deviation of the logarithm. */
    static LogNormalTable of(double median, double deviation) {
        return capped(median, deviation, Double.POSITIVE_INFINITY);
    }

    /** As {@link #of}, with all larger values replaced by {@code cap}. */
    static LogNormalTable capped(double median, double deviation, double cap) {
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double value = median * StrictMath.exp(deviation * Normal.quantile((i + 0.5) / LENGTH));
            values[i] = StrictMath.min(value, cap);
        }
        return new LogNormalTable(values);
    }

    /**
     * A distribution with the given 50th, 90th and 99th percentile, between which its logarithm goes as a normal one's does, and beyond
     * which it goes on so; no value is above {@code cap}.
     */
    static LogNormalTable through(double p50, double p90, double p99, double cap) {
        double low = StrictMath.log(p90 / p50) / NORMAL_P90;
        double high = StrictMath.log(p99 / p90) / (NORMAL_P99 - NORMAL_P90);
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double normal = Normal.quantile((i + 0.5) / LENGTH);
            double above = StrictMath.max(0, normal - NORMAL_P90);
            values[i] = StrictMath.min(p50 * StrictMath.exp(low * (normal - above) + high * above), cap);
        }
        return new LogNormalTable(values);
    }

    /** 1 but for the given share, which is inflated by a half-normal logarithm of the given deviation. */
    static LogNormalTable inflations(double share, double deviation) {
        double[] values = new double[LENGTH];
        int inflated = (int) (share * LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            double upperHalf = 0.5 + 0.5 * (i + 0.5) / StrictMath.max(1, inflated);
            values[i] = i < inflated ? StrictMath.exp(deviation * Normal.quantile(upperHalf)) : 1;
        }
        return new LogNormalTable(values);
    }

    double least() {
        double least = values[0];
        for (double value : values) {
            least = StrictMath.min(least, value);
        }
        return least;
    }

    double greatest() {
        double greatest = values[0];
        for (double value : values) {
            greatest = StrictMath.max(greatest, value);
        }
        return greatest;
    }

    double at(long hash) {
        return values[(int) hash & (LENGTH - 1)];
    }
}
