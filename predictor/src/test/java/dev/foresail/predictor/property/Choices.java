package dev.foresail.predictor.property;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What a property test draws from: a sequence of numbers, remembered so that it can be played again. Small numbers should
 * mean simple cases, 0 the simplest. Not thread-safe.
 */
public final class Choices {
    private final IntUnaryOperator source;
    private final List<Integer> drawn = new ArrayList<>();

    private Choices(IntUnaryOperator source) {
        this.source = source;
    }

    static Choices random(RandomStream random) {
        return new Choices(random::nextInt);
    }

    /** The same choices again; 0 where the sequence has ended, the remainder where a number is not below the bound. */
    static Choices replay(List<Integer> sequence) {
        List<Integer> left = new ArrayList<>(sequence);
        return new Choices(bound -> left.isEmpty() ? 0 : left.remove(0) % bound);
    }

    /** A number from 0 to {@code bound} - 1. */
    public int below(int bound) {
        int choice = source.applyAsInt(bound);
        drawn.add(choice);
        return choice;
    }

    /** One of the candidates, at least one. */
    public <T> T oneOf(List<T> candidates) {
        return candidates.get(below(candidates.size()));
    }

    /** What was drawn so far. */
    List<Integer> drawn() {
        return List.copyOf(drawn);
    }
}
