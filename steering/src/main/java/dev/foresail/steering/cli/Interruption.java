package dev.foresail.steering.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Whether the user wants the process to end (Ctrl-C, SIGTERM). Long verbs look at it between steps and end with what they
 * have. Thread-safe.
 */
public final class Interruption {
    private static final long GRACE_SECONDS = 10;
    private static final long LOOK_MILLIS = 50;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    /** Waits until the end is asked for, at most so long; returns whether it was. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return requested.await(time, unit);
    }

    /**
     * Waits for work that another thread does, but not longer than until the end is asked for.
     *
     * @return empty when the end was asked for and the work is not done; it is not cancelled
     * @throws ExecutionException what the work threw
     */
    public <T> Optional<T> resultOf(Future<T> work) throws ExecutionException, InterruptedException {
        boolean enough = false;
        while (!work.isDone() && !enough) {
            enough = await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return work.isDone() ? Optional.of(work.get()) : Optional.empty();
    }

    void ended(int code) {
        exitCode = code;
        ended.countDown();
    }

    /** What a shutdown hook does: asks, gives the verb time to write its partial result, ends with the verb's code. */
    void endInHook() {
        if (ended.getCount() == 0) {
            return;
        }
        request();
        try {
            if (ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
