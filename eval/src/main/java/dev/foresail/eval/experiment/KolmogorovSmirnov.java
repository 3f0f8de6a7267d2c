package dev.foresail.eval.experiment;

import java.util.Collection;

/** How far two samples are apart: the greatest difference of their distribution functions. Stateless. */
public final class KolmogorovSmirnov {
    private KolmogorovSmirnov() {}

    /** From 0 for equal to 1 for apart; both samples have at least one value. */
    public static double distance(Collection<Double> one, Collection<Double> other) {
        if (one.isEmpty() || other.isEmpty()) {
            throw new IllegalArgumentException("a sample of " + one.size() + " and one of " + other.size());
        }
        double[] left = sorted(one);
        double[] right = sorted(other);
        double greatest = 0;
        int before = 0;
        int beforeOther = 0;
        while (before < left.length && beforeOther < right.length) {
            double value = StrictMath.min(left[before], right[beforeOther]);
            while (before < left.length && left[before] <= value) {
                before++;
            }
            while (beforeOther < right.length && right[beforeOther] <= value) {
                beforeOther++;
            }
            double difference = (double) before / left.length - (double) beforeOther / right.length;
            greatest = StrictMath.max(greatest, StrictMath.abs(difference));
        }
        return greatest;
    }

    private static double[] sorted(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
