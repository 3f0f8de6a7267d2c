package dev.foresail.steering.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays a plan with many seeds, several at a time; the outcomes come in the order of the seeds. */
final class SeedRunner<S> {
    private final SimulationPlan<S> plan;
    private final SimulationWorkers workers;
    private final Interruption interruption;

    SeedRunner(SimulationPlan<S> plan, SimulationWorkers workers, Interruption interruption) {
        this.plan = plan;
        this.workers = workers;
        this.interruption = interruption;
    }

    /** At least one outcome; fewer than {@code count} when the user has had enough. */
    List<SimulationOutcome> run(long firstSeed, int count, int jobs, Progress progress) {
        if (count == 1) {
            return List.of(SimulationOutcome.of(plan, firstSeed, workers, progress, interruption));
        }
        Progress silent = new Progress(Progress.nowhere(), false, () -> 0, "");
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(jobs, count));
        try {
            List<Future<SimulationOutcome>> futures = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                long seed = firstSeed + index;
                futures.add(executor.submit(() -> {
                    SimulationOutcome outcome = SimulationOutcome.of(plan, seed, workers, silent, interruption);
                    progress.update(done.incrementAndGet(), count);
                    return outcome;
                }));
            }
            return collect(futures);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Runs that the user cut short are left out, except the first, so that there is something to show. */
    private static List<SimulationOutcome> collect(List<Future<SimulationOutcome>> futures) {
        List<SimulationOutcome> outcomes = new ArrayList<>();
        for (Future<SimulationOutcome> future : futures) {
            SimulationOutcome outcome = get(future);
            if (outcome.complete() || outcomes.isEmpty()) {
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    private static SimulationOutcome get(Future<SimulationOutcome> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }
}
