package dev.foresail.eval.experiment;

import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the figures that were asked of an experiment. A figure that is not a number never holds. Not thread-safe. */
public final class Bars {
    private final List<Bar> bars = new ArrayList<>();

    /** {@code value >= threshold}. */
    public Bars atLeast(String name, double value, String unit, double threshold) {
        return add(name, value, unit, ">= " + shown(threshold), value >= threshold);
    }

    /** {@code value <= threshold}. */
    public Bars atMost(String name, double value, String unit, double threshold) {
        return add(name, value, unit, "<= " + shown(threshold), value <= threshold);
    }

    /** {@code value < threshold}. */
    public Bars below(String name, double value, String unit, double threshold) {
        return add(name, value, unit, "< " + shown(threshold), value < threshold);
    }

    private Bars add(String name, double value, String unit, String threshold, boolean holds) {
        bars.add(new Bar(name, value, unit, threshold, holds));
        return this;
    }

    /** In the order they were added. */
    public List<Bar> all() {
        return List.copyOf(bars);
    }

    private static String shown(double threshold) {
        boolean isWhole = threshold == Math.rint(threshold);
        return isWhole ? Long.toString((long) threshold) : String.format(Locale.ROOT, "%s", threshold);
    }
}
