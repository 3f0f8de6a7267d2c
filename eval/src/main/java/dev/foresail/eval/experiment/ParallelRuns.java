package dev.foresail.eval.experiment;

import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs independent pieces of work on all cores, each on one thread; the results keep the order of the work. */
public final class ParallelRuns {
    private ParallelRuns() {}

    /**
     * Runs all and waits for them, or until the end is asked for.
     *
     * @param progress is told how many are done
     * @param interruption gives up what is not done yet
     * @return the results of all; after an interruption of as many, from the first on, as were done without a gap
     * @throws Exception what the first failing piece threw; the others are given up
     */
    public static <T> List<T> all(
            List<? extends Callable<T>> work, int threads, Progress progress, Interruption interruption)
            throws Exception {
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> piece : work) {
                futures.add(executor.submit(() -> {
                    T result = piece.call();
                    progress.update(done.incrementAndGet(), work.size());
                    return result;
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                Optional<T> result = interruption.resultOf(future);
                if (result.isEmpty()) {
                    break;
                }
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        } finally {
            executor.shutdownNow();
        }
    }
}
