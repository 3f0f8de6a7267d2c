package dev.foresail.predictor.explore;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Runs the same task on several workers and waits for all; the first worker is the caller's own thread. */
final class Team {
    private final Executor executor;
    private final int workers;

    Team(Executor executor, int workers) {
        this.executor = executor;
        this.workers = workers;
    }

    int workers() {
        return workers;
    }

    /** Runs {@code task} once for each worker's number; throws what one of them threw. */
    void run(IntConsumer task) {
        if (workers == 1) {
            task.accept(0);
            return;
        }
        CountDownLatch done = new CountDownLatch(workers - 1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int worker = 1; worker < workers; worker++) {
            int number = worker;
            executor.execute(() -> {
                try {
                    task.accept(number);
                } catch (RuntimeException | Error thrown) {
                    failure.compareAndSet(null, thrown);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            task.accept(0);
        } finally {
            await(done);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** The other workers use what the caller owns: it cannot go on before they have ended, interrupted or not. */
    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
