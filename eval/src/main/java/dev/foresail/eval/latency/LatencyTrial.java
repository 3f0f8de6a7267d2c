package dev.foresail.eval.latency;

import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.NodeStatistics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts a {@link Deployment} under load: first to warm up (the compiler, the predictions), then to measure. Tasks come in
 * small bursts, so that the dispatcher's loop is busy but not saturated; a decision's own time is measured, from the first
 * look at its event, not the time in queues.
 */
final class LatencyTrial {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 50;

    private final Deployment deployment;
    private final Progress progress;
    private final Interruption interruption;

    LatencyTrial(Deployment deployment, Progress progress, Interruption interruption) {
        this.deployment = deployment;
        this.progress = progress;
        this.interruption = interruption;
    }

    /**
     * What the nodes counted while {@code measured} decisions were made, after {@code warmUp} that don't count; after an
     * interruption as many as there were.
     *
     * @throws TimeoutException when the dispatcher does not make them in time
     */
    Reading run(int warmUp, int measured) throws TimeoutException, ExecutionException, InterruptedException {
        decide(warmUp, warmUp + measured);
        Reading warm = Reading.of(deployment);
        decide(measured, warmUp + measured);
        return Reading.of(deployment).since(warm);
    }

    private void decide(int more, int goal) throws TimeoutException, ExecutionException, InterruptedException {
        NodeStatistics dispatcher = deployment.node(Deployment.DISPATCHER).statistics();
        long until = dispatcher.decisionCounts().total() + more;
        deployment
                .node(Deployment.CLIENT)
                .call("load", Deployment.DISPATCHER, more)
                .join();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> looking = watch.scheduleWithFixedDelay(
                () -> look(dispatcher.decisionCounts().total(), until, goal, done),
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            looking.cancel(false);
            watch.shutdownNow();
        }
    }

    private void look(long total, long until, int goal, CompletableFuture<Boolean> done) {
        progress.update((double) total, goal);
        if (total >= until || interruption.isRequested()) {
            done.complete(true);
        }
    }
}
