package dev.foresail.network.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one network resembles another. Percentiles of the round trip are alike within 10 %, shares of triples and pairs within 3
 * points; percentiles of the asymmetry, which may be 0, within either. Both networks should have about as many endpoints: more endpoints
 * offer more detours.
 *
 * @param rows one per figure
 */
public record StatisticsComparison(List<Row> rows) {
    private static final double ALIKE_RATIO = 0.10;
    private static final double ALIKE_POINTS = 3;

    /**
     * One figure.
     *
     * @param name what it is, with its unit
     * @param value of the network that is compared
     * @param reference of the one that it is compared with
     * @param isShare whether the difference counts, in points; else the ratio
     * @param isAlike whether it lies within the limits
     */
    public record Row(String name, double value, double reference, boolean isShare, boolean isAlike) {
        /** {@code value / reference}; 1 when both are 0. */
        public double ratio() {
            return value == reference ? 1 : value / reference;
        }

        /** {@code value - reference}. */
        public double difference() {
            return value - reference;
        }
    }

    public StatisticsComparison {
        rows = List.copyOf(rows);
    }

    public static StatisticsComparison of(TopologyStatistics value, TopologyStatistics reference) {
        List<Row> rows = new ArrayList<>();
        percentiles(rows, "round trip %s, ms", value.roundTripMillis(), reference.roundTripMillis(), 1);
        percentiles(rows, "asymmetry %s, %%", value.asymmetry(), reference.asymmetry(), 100);
        share(rows, "violating triples, %", value.violatingTriples(), reference.violatingTriples());
        share(rows, "pairs with a detour, %", value.pairsWithDetour(), reference.pairsWithDetour());
        share(rows, "over 10 % shorter, %", value.pairsWithTenPercentDetour(), reference.pairsWithTenPercentDetour());
        share(rows, "over 2 x shorter, %", value.pairsWithTwofoldDetour(), reference.pairsWithTwofoldDetour());
        return new StatisticsComparison(rows);
    }

    private static void percentiles(
            List<Row> rows,
            String name,
            TopologyStatistics.Percentiles value,
            TopologyStatistics.Percentiles reference,
            double factor) {
        double[] values = {value.p1(), value.p10(), value.p50(), value.p90(), value.p99()};
        double[] references = {reference.p1(), reference.p10(), reference.p50(), reference.p90(), reference.p99()};
        String[] labels = {"p1", "p10", "p50", "p90", "p99"};
        for (int i = 0; i < labels.length; i++) {
            double one = values[i] * factor;
            double other = references[i] * factor;
            boolean isPercent = factor != 1;
            boolean isAlike = StrictMath.abs(one - other) <= ALIKE_RATIO * other
                    || (isPercent && StrictMath.abs(one - other) <= ALIKE_POINTS);
            rows.add(new Row(String.format(name, labels[i]), one, other, false, isAlike));
        }
    }

    private static void share(List<Row> rows, String name, double value, double reference) {
        double points = StrictMath.abs(value - reference) * 100;
        rows.add(new Row(name, value * 100, reference * 100, true, points <= ALIKE_POINTS));
    }

    /** Whether every figure lies within the limits. */
    public boolean isAlike() {
        return rows.stream().allMatch(Row::isAlike);
    }
}
