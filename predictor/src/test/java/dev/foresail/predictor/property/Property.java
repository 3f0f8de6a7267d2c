package dev.foresail.predictor.property;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A statement that holds for whatever choices. A failure is shrunk: as long as it goes on failing, choices are removed,
 * set to 0 or made smaller. What is thrown names the seed and the smallest sequence found, which {@link #replay} plays
 * again.
 */
public final class Property {
    private static final int MOST_ATTEMPTS = 2_000;

    private final Consumer<Choices> body;
    private int attempts;

    private Property(Consumer<Choices> body) {
        this.body = body;
    }

    /** Runs {@code body} so many times with choices drawn from the seed. */
    public static void check(long seed, int runs, Consumer<Choices> body) {
        Property property = new Property(body);
        for (int run = 0; run < runs; run++) {
            Choices choices = Choices.random(RandomStream.of(seed, "property", run));
            if (property.failure(choices).isPresent()) {
                throw property.report(seed, run, property.shrink(choices.drawn()));
            }
        }
    }

    /** Runs {@code body} with the choices that a failure named. */
    public static void replay(List<Integer> sequence, Consumer<Choices> body) {
        body.accept(Choices.replay(sequence));
    }

    private AssertionError report(long seed, int run, List<Integer> smallest) {
        Throwable cause = failure(Choices.replay(smallest)).orElseThrow();
        return new AssertionError(
                "fails with seed " + seed + ", run " + run + ", after shrinking with Property.replay(List.of("
                        + smallest.toString().replaceAll("[\\[\\]]", "") + "), ...): " + cause,
                cause);
    }

    private Optional<Throwable> failure(Choices choices) {
        try {
            body.accept(choices);
            return Optional.empty();
        } catch (RuntimeException | AssertionError thrown) {
            return Optional.of(thrown);
        }
    }

    private boolean fails(List<Integer> sequence) {
        attempts++;
        return attempts <= MOST_ATTEMPTS && failure(Choices.replay(sequence)).isPresent();
    }

    private List<Integer> shrink(List<Integer> failing) {
        List<Integer> smallest = failing;
        List<Integer> before;
        do {
            before = smallest;
            smallest = decreased(zeroed(shortened(smallest)));
        } while (!smallest.equals(before));
        return smallest;
    }

    /** Without runs of choices, long ones first. */
    private List<Integer> shortened(List<Integer> failing) {
        List<Integer> smallest = failing;
        for (int length = failing.size(); length > 0; length /= 2) {
            int start = smallest.size() - length;
            while (start >= 0) {
                List<Integer> candidate = new ArrayList<>(smallest.subList(0, start));
                candidate.addAll(smallest.subList(start + length, smallest.size()));
                smallest = fails(candidate) ? candidate : smallest;
                start = Math.min(start, smallest.size()) - length;
            }
        }
        return smallest;
    }

    private List<Integer> zeroed(List<Integer> failing) {
        List<Integer> smallest = failing;
        for (int index = 0; index < failing.size(); index++) {
            smallest = tried(smallest, index, 0);
        }
        return smallest;
    }

    /** Every choice as small as it can be: by halves, then by ones. */
    private List<Integer> decreased(List<Integer> failing) {
        List<Integer> smallest = failing;
        for (int index = 0; index < failing.size(); index++) {
            for (int step = smallest.get(index) / 2; step > 0; ) {
                List<Integer> candidate = tried(smallest, index, smallest.get(index) - step);
                step = candidate.equals(smallest) ? step / 2 : Math.min(step, candidate.get(index));
                smallest = candidate;
            }
        }
        return smallest;
    }

    private List<Integer> tried(List<Integer> failing, int index, int value) {
        if (failing.get(index) <= value || value < 0) {
            return failing;
        }
        List<Integer> candidate = new ArrayList<>(failing);
        candidate.set(index, value);
        return fails(candidate) ? candidate : failing;
    }
}
