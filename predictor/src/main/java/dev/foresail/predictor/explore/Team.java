package dev.foresail.predictor.explore;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs the same task on several workers and waits for all; the first worker is the caller's own thread, which also does what
 * no other thread has begun: so it does not wait for threads that are not there, or that wait for it.
 */
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
        Round round = new Round(task, workers);
        try {
            for (int number = 1; number < workers; number++) {
                int other = number;
                executor.execute(() -> round.take(other));
            }
            task.accept(0);
            for (int number = 1; number < workers; number++) {
                round.take(number);
            }
        } finally {
            for (int number = 1; number < workers; number++) {
                round.leave(number);
            }
            await(round.done);
        }
        Throwable thrown = round.failure.get();
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** The task once for each number but the first; each number belongs to the first thread that takes it. */
    private static final class Round {
        final IntConsumer task;
        final AtomicIntegerArray taken;
        final CountDownLatch done;
        final AtomicReference<Throwable> failure = new AtomicReference<>();

        Round(IntConsumer task, int workers) {
            this.task = task;
            this.taken = new AtomicIntegerArray(workers);
            this.done = new CountDownLatch(workers - 1);
        }

        private boolean isMine(int number) {
            return taken.compareAndSet(number, 0, 1);
        }

        void take(int number) {
            if (isMine(number)) {
                try {
                    task.accept(number);
                } catch (RuntimeException | Error thrown) {
                    failure.compareAndSet(null, thrown);
                } finally {
                    done.countDown();
                }
            }
        }

        /** Nobody does it who has not begun. */
        void leave(int number) {
            if (isMine(number)) {
                done.countDown();
            }
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
