package dev.foresail.eval.coordinates;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.network.measure.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How often values lay in the intervals stated for them, by age. Not thread-safe. */
final class AgeCoverage {
    private final Map<Integer, Counts> byAge = new TreeMap<>();

    private static final class Counts {
        long inside;
        long stated;
        long unstated;
        final List<Double> errors = new ArrayList<>();
        final List<Double> widths = new ArrayList<>();
    }

    /** @param ages in slices */
    AgeCoverage(List<Integer> ages) {
        ages.forEach(this::of);
    }

    private Counts of(int age) {
        return byAge.computeIfAbsent(age, absent -> new Counts());
    }

    /** Takes one question; an interval that was not stated counts apart. */
    void add(int age, double value, double latest, Optional<Interval> interval) {
        Counts counts = of(age);
        counts.errors.add(Math.abs(value - latest) / value);
        if (interval.isEmpty()) {
            counts.unstated++;
            return;
        }
        counts.stated++;
        counts.inside += interval.get().contains(value) ? 1 : 0;
        counts.widths.add((interval.get().high() - interval.get().low()) / latest);
    }

    /** Both together. */
    AgeCoverage plus(AgeCoverage other) {
        AgeCoverage sum = new AgeCoverage(List.copyOf(byAge.keySet()));
        for (AgeCoverage part : List.of(this, other)) {
            part.byAge.forEach((age, counts) -> {
                Counts into = sum.of(age);
                into.inside += counts.inside;
                into.stated += counts.stated;
                into.unstated += counts.unstated;
                into.errors.addAll(counts.errors);
                into.widths.addAll(counts.widths);
            });
        }
        return sum;
    }

    /** The share of stated intervals that hold; NaN when none was stated. */
    double share(int age) {
        Counts counts = of(age);
        return counts.stated == 0 ? Double.NaN : (double) counts.inside / counts.stated;
    }

    /** By age: the share inside, how many questions, the share without an interval, widths and errors as shares of the value. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        byAge.forEach((age, counts) -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("inside", share(age));
            figures.put("questions", counts.stated + counts.unstated);
            figures.put("unstated", (double) counts.unstated / Math.max(1, counts.stated + counts.unstated));
            figures.put("medianWidth", Distribution.of(counts.widths).percentile(0.5));
            figures.put("medianError", Distribution.of(counts.errors).percentile(0.5));
            figures.put("p90Error", Distribution.of(counts.errors).percentile(0.9));
            summary.put("age " + age, figures);
        });
        return summary;
    }
}
