package dev.foresail.predictor.node;

import java.util.function.LongSupplier;

/**
 * How long a node's thread has been busy with one thing among others. Where time stands still while a node works, as in the
 * simulator, that is 0. On the node's thread only.
 */
public final class BusyTime {
    private final LongSupplier clock;
    private long nanos;
    private boolean isBusy;

    /** @param clock monotonic time in nanoseconds */
    public BusyTime(LongSupplier clock) {
        this.clock = clock;
    }

    /** Runs the task; its time counts once, also within another task. */
    public void during(Runnable task) {
        if (isBusy) {
            task.run();
            return;
        }
        isBusy = true;
        long begunNanos = clock.getAsLong();
        try {
            task.run();
        } finally {
            nanos += clock.getAsLong() - begunNanos;
            isBusy = false;
        }
    }

    /** Of all tasks that have ended, in nanoseconds. */
    public long nanos() {
        return nanos;
    }
}
