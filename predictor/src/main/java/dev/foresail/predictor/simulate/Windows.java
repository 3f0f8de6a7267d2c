package dev.foresail.predictor.simulate;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets parts of a simulation go on side by side, in windows of virtual time: within one, no part needs to know what another one
 * does, as nothing takes less time between them than a window lasts. The caller's thread runs windows from one call of
 * {@link #runBefore} to its end; other threads help.
 *
 * <p>Idea: whoever ends the last part of a window opens the next one, by writing its number; there is no other barrier. Each part belongs
 * to one worker, as its data are in that processor's caches, but whoever has nothing to do for a while takes over what nobody has
 * begun: a run goes on, slower, when a helper comes late or never. The numbers of windows make sure that nobody takes part in one that is
 * over. Trade-off: who waits spins, as a window takes microseconds; after some of them it sleeps in short naps.
 */
final class Windows {
    /** How many times a worker looks whether there is a new window before it takes over others' parts. */
    private static final int PATIENCE = 400;
    /** How long it sleeps then, so that the processor is free for a worker, or a compiler, that waits for one. */
    private static final long NAP_NANOS = 20_000;
    /** How many times a helper looks whether there is a new window when the caller has returned. */
    private static final int LINGER = 20_000;

    /** What goes on in windows. */
    interface Part {
        /** Goes on until everything before {@code endNanos} has happened. */
        void run(long window, long endNanos);

        /** When the next of it happens, {@link Long#MAX_VALUE} if never; asked between windows. */
        long nextNanos();

        /** Whether there must be no next window; asked between windows. */
        boolean isStuck();
    }

    /** Who goes on in the same windows in other processes. */
    interface Others {
        /** There are none. */
        Others NOBODY = (nextNanos, doneNanos, limitNanos, failure) -> nextNanos;

        /**
         * Asked before each window, and once more when there is no next one.
         *
         * @param nextNanos when something happens here next, {@link Long#MAX_VALUE} when never or when a part is stuck
         * @param doneNanos everything before this has happened
         * @param limitNanos only what is before this is to happen
         * @param failure what has ended the run here; nothing when nothing has
         * @return when the next window of all begins, {@link Long#MAX_VALUE} when there is none
         */
        long startNanos(long nextNanos, long doneNanos, long limitNanos, @Nullable Throwable failure);
    }

    private final List<? extends Part> parts;
    private final Others others;
    private final int workers;
    private final LongSupplier widthNanos;
    private final Executor executor;
    /** The last window that each part has begun. */
    private final AtomicLongArray begun;
    /** Which helpers there are. */
    private final AtomicIntegerArray present;

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean open;
    /** The number of the present or last window; what is below is written before. */
    private final AtomicLong window = new AtomicLong();

    private long limitNanos;
    private long endNanos;

    /**
     * @param widthNanos how long a window lasts, above 0; asked before each one
     * @param executor runs helpers, as many as there are workers less one; they end when nobody runs windows
     */
    Windows(List<? extends Part> parts, int workers, LongSupplier widthNanos, Executor executor) {
        this(parts, Others.NOBODY, workers, widthNanos, executor);
    }

    /** As the other one, where others elsewhere have parts, too. */
    Windows(List<? extends Part> parts, Others others, int workers, LongSupplier widthNanos, Executor executor) {
        this.parts = parts;
        this.others = others;
        this.workers = workers;
        this.widthNanos = widthNanos;
        this.executor = executor;
        this.begun = new AtomicLongArray(parts.size());
        this.present = new AtomicIntegerArray(workers);
    }

    /** How many windows there have been. */
    long count() {
        return window.get();
    }

    /** Everything before a time happens, or until a part is stuck; throws what one of them threw. */
    void runBefore(long untilNanos) {
        limitNanos = untilNanos;
        openNext();
        if (open) {
            callHelpers();
            work(0);
        }
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        } else if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    /** Whatever is thrown ends the run: who waits must not wait for ever. */
    private void openNext() {
        try {
            openUnlessOver();
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
            open = false;
        }
    }

    private void openUnlessOver() {
        Throwable failed = failure.get();
        long nextNanos = failed == null ? nextNanos() : Long.MAX_VALUE;
        long startNanos = others.startNanos(nextNanos, endNanos, limitNanos, failed);
        if (startNanos >= limitNanos) {
            open = false;
            return;
        }
        endNanos = startNanos + Math.min(widthNanos.getAsLong(), limitNanos - startNanos);
        left.set(parts.size());
        open = true;
        window.incrementAndGet();
    }

    /** When something happens next, {@link Long#MAX_VALUE} if never. */
    private long nextNanos() {
        long nextNanos = Long.MAX_VALUE;
        for (Part part : parts) {
            if (part.isStuck()) {
                return Long.MAX_VALUE;
            }
            nextNanos = Math.min(nextNanos, part.nextNanos());
        }
        return nextNanos;
    }

    private void callHelpers() {
        for (int helper = 1; helper < workers; helper++) {
            int worker = helper;
            if (present.compareAndSet(worker, 0, 1)) {
                call(worker);
            }
        }
    }

    private void call(int worker) {
        try {
            executor.execute(() -> help(worker));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            // Whoever there is does everything.
            present.set(worker, 0);
        }
    }

    private void help(int worker) {
        do {
            for (int looks = 0; looks < LINGER; looks++) {
                if (open) {
                    work(worker);
                    looks = 0;
                }
                Thread.onSpinWait();
            }
            present.set(worker, 0);
            // Who has opened a window meanwhile has not called this helper.
        } while (open && present.compareAndSet(worker, 0, 1));
    }

    private void work(int worker) {
        long seen = 0;
        int looks = 0;
        while (open) {
            long current = window.get();
            if (current != seen) {
                seen = current;
                looks = 0;
                for (int part = worker; part < parts.size(); part += workers) {
                    runUnlessBegun(part, current);
                }
            } else if (++looks % PATIENCE == 0) {
                for (int part = 0; part < parts.size(); part++) {
                    runUnlessBegun(part, current);
                }
                LockSupport.parkNanos(NAP_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void runUnlessBegun(int part, long current) {
        if (begun.compareAndSet(part, current - 1, current)) {
            try {
                parts.get(part).run(current, endNanos);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            }
            if (left.decrementAndGet() == 0) {
                openNext();
            }
        }
    }
}
