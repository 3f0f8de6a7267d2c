package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.Coverage;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SeedRun;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.simulate.OneWorkerNeededException;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.WindowExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plays a plan with many seeds, several at a time; the outcomes come in the order of the seeds. */
final class SeedRunner<S> {
    private final SimulationPlan<S> plan;
    private final SimulationWorkers workers;
    private final Interruption interruption;
    private final Optional<Coverage> coverage;
    private final Consumer<Simulation<S>> follower;

    /** @param coverage gets what all seeds try, where somebody wants to know */
    SeedRunner(
            SimulationPlan<S> plan, SimulationWorkers workers, Interruption interruption, Optional<Coverage> coverage) {
        this(plan, workers, interruption, coverage, system -> {});
    }

    private SeedRunner(
            SimulationPlan<S> plan,
            SimulationWorkers workers,
            Interruption interruption,
            Optional<Coverage> coverage,
            Consumer<Simulation<S>> follower) {
        this.follower = follower;
        this.plan = plan;
        this.workers = workers;
        this.interruption = interruption;
        this.coverage = coverage;
    }

    /** The same with somebody who is handed each system before anything happens in it. */
    SeedRunner<S> followedBy(Consumer<Simulation<S>> another) {
        return new SeedRunner<>(plan, workers, interruption, coverage, another);
    }

    /** At least one outcome; fewer than {@code count} when the user has had enough. */
    List<SeedOutcome> run(long firstSeed, int count, int jobs, Progress progress) {
        if (count == 1) {
            return List.of(play(firstSeed, progress));
        }
        Progress silent = new Progress(Progress.nowhere(), false, () -> 0, "");
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(jobs, count));
        try {
            List<Future<SeedOutcome>> futures = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                long seed = firstSeed + index;
                futures.add(executor.submit(() -> {
                    SeedOutcome outcome = play(seed, silent);
                    progress.update(done.incrementAndGet(), count);
                    return outcome;
                }));
            }
            return chosen(futures.stream().map(SeedRunner::get).toList());
        } finally {
            executor.shutdownNow();
        }
    }

    /** One seed, of which nobody sees how far it is. */
    SeedOutcome play(long seed) {
        return play(seed, new Progress(Progress.nowhere(), false, () -> 0, ""));
    }

    /**
     * One seed with others: of this process's nodes it lets happen what happens, and its outcome is that of the whole run.
     *
     * @throws OneWorkerNeededException when the run cannot be partitioned
     * @throws dev.foresail.predictor.simulate.WindowExchangeException when a member is lost
     */
    SeedOutcome playWith(WindowExchange exchange, long seed, Progress progress) {
        return play(seed, progress, (system, watch) -> workers.partition(system, watch, exchange));
    }

    /** On one worker what several cannot do. */
    SeedOutcome play(long seed, Progress progress) {
        try {
            return play(seed, progress, workers::join);
        } catch (OneWorkerNeededException needed) {
            workers.oneIsNeeded(needed.why());
            return play(seed, progress, (system, watch) -> {});
        }
    }

    private SeedOutcome play(long seed, Progress progress, BiConsumer<Simulation<S>, PropertyWatch<S>> before) {
        Optional<Coverage> own = coverage.map(all -> new Coverage(plan.machine()));
        SeedRun<S> run = new SeedRun<>(plan, seed, own, before.andThen((system, watch) -> follower.accept(system)));
        SeedOutcome outcome = run.play(interruption::isRequested, slice -> progress.update(slice, SeedRun.SLICES));
        run.simulation().windows().ifPresent(report -> workers.haveDone(seed, report));
        if (run.simulation().wentOnAlone()) {
            workers.oneIsNeeded("from the first fault on, nodes need runtimes (decision 020)");
        }
        own.ifPresent(this::add);
        return outcome;
    }

    /** Sums do not depend on the order in which the seeds end. */
    private synchronized void add(Coverage own) {
        coverage.orElseThrow().add(own);
    }

    /** Runs that the user cut short are left out, except the first, so that there is something to show; not what ran away. */
    static List<SeedOutcome> chosen(List<SeedOutcome> all) {
        List<SeedOutcome> outcomes = new ArrayList<>();
        for (SeedOutcome outcome : all) {
            if (outcome.complete() || outcome.runaway().isPresent() || outcomes.isEmpty()) {
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    private static SeedOutcome get(Future<SeedOutcome> future) {
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
