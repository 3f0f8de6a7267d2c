package dev.foresail.steering.cli;

import dev.foresail.predictor.simulate.OneWorkerNeededException;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SlowMessages;
import dev.foresail.predictor.simulate.WindowExchange;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The threads that one simulation is spread over. Thread-safe. */
final class SimulationWorkers implements AutoCloseable {
    private final int count;
    private final Optional<SlowMessages> relaxation;
    private final ExecutorService executor;
    private final SortedMap<Long, SlowMessages.Report> reports = new ConcurrentSkipListMap<>();
    private final AtomicReference<String> whyOne = new AtomicReference<>("");

    /** One for each simulation. */
    SimulationWorkers() {
        this(1, Optional.empty());
    }

    /**
     * @param count for each simulation, at least 1
     * @param slowMessages by what share the delays between the workers' parts may grow, above 0 to 1; empty for none
     */
    SimulationWorkers(int count, Optional<Double> slowMessages) {
        this.count = count;
        this.relaxation = slowMessages.map(most -> new SlowMessages(most, WallClock::nanos));
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "foresail-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    boolean areSeveral() {
        return count > 1;
    }

    /** Partitions a simulation over the members of an exchange, before anything has happened in it. */
    <S> void partition(Simulation<S> simulation, PropertyWatch<S> watch, WindowExchange exchange) {
        whyNotSeveral(watch, () -> simulation.useMembers(exchange, count, executor))
                .ifPresent(why -> {
                    throw new OneWorkerNeededException(why);
                });
    }

    private static Optional<String> whyNotSeveral(PropertyWatch<?> watch, Supplier<Optional<String>> spread) {
        return watch.asks() ? Optional.of("its safety properties are asked between events") : spread.get();
    }

    /** Lets several workers play a simulation, if that is possible, before anything has happened in it. */
    <S> void join(Simulation<S> simulation, PropertyWatch<S> watch) {
        if (areSeveral()) {
            whyNotSeveral(watch, () -> simulation.useWorkers(count, relaxation, executor))
                    .ifPresent(this::oneIsNeeded);
        }
    }

    /** Several workers have played a seed. */
    void haveDone(long seed, SlowMessages.Report report) {
        reports.put(seed, report);
    }

    /** How windows were where slow messages are allowed, by seed. */
    SortedMap<Long, SlowMessages.Report> slowness() {
        return relaxation.isPresent() ? reports : Collections.emptySortedMap();
    }

    /** A simulation has gone on with one worker. */
    void oneIsNeeded(String why) {
        whyOne.compareAndSet("", why);
    }

    /** Why simulations went on with one worker, though there are several; empty when none did. */
    Optional<String> whyOne() {
        return Optional.ofNullable(whyOne.get()).filter(why -> !why.isEmpty());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
