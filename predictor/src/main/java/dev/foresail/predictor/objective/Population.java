package dev.foresail.predictor.objective;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The values of an aggregate at the nodes in view, in ascending order: each node's number, or what its histogram counts. Not thread-safe.
 */
final class Population {
    private static final double SECONDS_PER_NANO = 1e-9;
    private static final int FIRST_ROOM = 16;

    private double[] values = new double[FIRST_ROOM];
    private long[] counts = new long[FIRST_ROOM];
    private int size;
    private long total;

    /** How a population becomes one number. */
    interface Reduction {
        /** NaN where there is nothing. */
        double of(Population population);
    }

    static Population of(Known<?> known) {
        Population population = new Population();
        for (NodeId node : known.nodes()) {
            Optional<?> value = known.at(node);
            if (value.isPresent()) {
                population.add(value.get());
            }
        }
        return population;
    }

    private void add(Object value) {
        if (value instanceof Number number) {
            add(number.doubleValue(), 1);
        } else if (value instanceof Duration duration) {
            add(duration.toNanos() * SECONDS_PER_NANO, 1);
        } else if (value instanceof Histogram levels) {
            for (int level = 1; level <= levels.levels(); level++) {
                add(level, levels.count(level));
            }
        } else {
            throw new IllegalArgumentException("a value that cannot be put in order: " + value);
        }
    }

    private void add(double value, long count) {
        if (count == 0) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        int place = size;
        for (; place > 0 && values[place - 1] > value; place--) {
            values[place] = values[place - 1];
            counts[place] = counts[place - 1];
        }
        values[place] = value;
        counts[place] = count;
        size++;
        total += count;
    }

    double mean() {
        double sum = 0;
        for (int index = 0; index < size; index++) {
            sum += values[index] * counts[index];
        }
        return total == 0 ? Double.NaN : sum / total;
    }

    double min() {
        return size == 0 ? Double.NaN : values[0];
    }

    double max() {
        return size == 0 ? Double.NaN : values[size - 1];
    }

    /** The least value that is not below {@code percent} in a hundred of the values. */
    double percentile(int percent) {
        long rank = (long) StrictMath.ceil(total * percent / 100.0);
        long seen = 0;
        for (int index = 0; index < size; index++) {
            seen += counts[index];
            if (seen >= rank) {
                return values[index];
            }
        }
        return Double.NaN;
    }
}
