package dev.foresail.eval.experiment;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of many runs. NaN stands for a run that did not get so far: it is counted as missing and left out of everything
 * else. Immutable.
 */
public final class Distribution {
    private final double[] sorted;
    private final int missing;

    private Distribution(double[] sorted, int missing) {
        this.sorted = sorted;
        this.missing = missing;
    }

    public static Distribution of(Collection<Double> values) {
        double[] present = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Distribution(present, values.size() - present.length);
    }

    /** How many runs have a figure. */
    public int count() {
        return sorted.length;
    }

    /** How many runs have none. */
    public int missing() {
        return missing;
    }

    /** NaN without any figure, as all that follow. */
    public double min() {
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    public double max() {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    /**
     * The smallest figure that the given share of all does not exceed (nearest rank).
     *
     * @param share in [0, 1], such as 0.95
     */
    public double percentile(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    /** How many runs have each figure: for depths, which are few. */
    public Map<String, Integer> counts() {
        Map<Double, Integer> counts = new TreeMap<>();
        for (double value : sorted) {
            counts.merge(value, 1, Integer::sum);
        }
        Map<String, Integer> named = new LinkedHashMap<>();
        counts.forEach((value, count) -> named.put(name(value), count));
        return named;
    }

    private static String name(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** For a report: {@code runs, missing, min, mean, p50, p95, max}. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("runs", count() + missing);
        summary.put("missing", missing);
        summary.put("min", min());
        summary.put("mean", mean());
        summary.put("p50", percentile(0.5));
        summary.put("p95", percentile(0.95));
        summary.put("max", max());
        return summary;
    }

    /** {@link #summary} and {@code counts}. */
    public Map<String, Object> summaryWithCounts() {
        Map<String, Object> summary = summary();
        summary.put("counts", counts());
        return summary;
    }
}
