package dev.foresail.predictor.service;

import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Choices for code that is no protocol: which replica, which server, which way. Each is known by a name; candidates are told apart
 * by {@code equals}. What a choice learns, it learns from the ends of the requests ({@link Chosen}).
 *
 * <p>Thread-safe; a choice takes some microseconds and waits for nothing but other threads' choices of the same name. With the
 * same seed, clock and calls it chooses the same.
 */
public final class Choices {
    private final SortedMap<String, ServiceSettings> configured;
    private final LongSupplier clock;
    private final long seed;
    private final Map<String, ServiceChoice> choices = new ConcurrentHashMap<>();

    /**
     * @param configured settings by the choices' names; others have {@link ServiceSettings#DEFAULT}
     * @param clock nanoseconds that never go back
     * @param seed of what is drawn
     */
    public Choices(Map<String, ServiceSettings> configured, LongSupplier clock, long seed) {
        this.configured = new TreeMap<>(configured);
        this.clock = clock;
        this.seed = seed;
    }

    /**
     * Chooses where a request goes.
     *
     * @param name of the choice, the same wherever the same candidates answer the same kind of request
     * @param candidates at least one; who stands there twice counts once
     * @throws IllegalArgumentException FS480 when there is no candidate, as there is nothing to choose
     */
    public <T> Chosen<T> choose(String name, List<T> candidates) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("[FS480] the choice '" + name + "' has no candidates");
        }
        return choice(name).choose(candidates);
    }

    private ServiceChoice choice(String name) {
        return choices.computeIfAbsent(
                name,
                first -> new ServiceChoice(
                        configured.getOrDefault(first, ServiceSettings.DEFAULT),
                        clock,
                        RandomStream.of(seed, "service choice " + first)));
    }

    /** The latest decisions of a choice, the oldest first: at most 256. */
    public List<ServiceDecision> decisions(String name) {
        return choice(name).decisions();
    }

    /** How well a choice has been made so far. */
    public ServiceFigures figures(String name) {
        return choice(name).figures();
    }
}
