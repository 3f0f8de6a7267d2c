package dev.foresail.steering.cli;

import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Simulation;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The threads that one simulation is spread over. Thread-safe. */
final class SimulationWorkers implements AutoCloseable {
    private final int count;
    private final ExecutorService executor;
    private final AtomicReference<String> whyOne = new AtomicReference<>("");

    /** @param count for each simulation, at least 1 */
    SimulationWorkers(int count) {
        this.count = count;
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "foresail-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    boolean areSeveral() {
        return count > 1;
    }

    /** Lets several workers play a simulation, if that is possible, before anything has happened in it. */
    <S> void join(Simulation<S> simulation, PropertyWatch<S> watch) {
        if (areSeveral()) {
            (watch.asks()
                            ? Optional.of("its safety properties are asked between events")
                            : simulation.useWorkers(count, executor))
                    .ifPresent(this::oneIsNeeded);
        }
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
