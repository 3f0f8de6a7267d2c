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
        int started = 1;
        try {
            for (; started < workers; started++) {
                int number = started;
                executor.execute(() -> work(number, task, done, failure));
            }
            task.accept(0);
        } finally {
            for (int refused = started; refused < workers; refused++) {
                done.countDown();
            }
            await(done);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void work(int number, IntConsumer task, CountDownLatch done, AtomicReference<Throwable> failure) {
        try {
            task.accept(number);
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            done.countDown();
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
