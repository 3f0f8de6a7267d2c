package dev.foresail.steering.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The time for what comes after a search, which is not to keep the command from ending: work asks {@link #isOver} and ends
 * with what it has. Work that does not come back, as a handler may stay inside a library, is left behind. The time begins
 * with the object. For one thread, but for {@link #isOver}.
 */
final class TimeShare {
    private static final long LOOK_MILLIS = 50;
    private static final long GRACE_LOOKS = TimeUnit.SECONDS.toMillis(30) / LOOK_MILLIS;
    /** What Ctrl-C leaves is {@link Interruption}'s, for the result too. */
    private static final long INTERRUPTED_GRACE_LOOKS = TimeUnit.SECONDS.toMillis(3) / LOOK_MILLIS;

    private final LongSupplier clockNanos;
    private final Interruption interruption;
    private final long lookMillis;
    private final long startNanos;
    private final long nanos;

    TimeShare(long seconds, LongSupplier clockNanos, Interruption interruption) {
        this(seconds, clockNanos, interruption, LOOK_MILLIS);
    }

    /** @param lookMillis the pause between two looks at work that is under way */
    TimeShare(long seconds, LongSupplier clockNanos, Interruption interruption, long lookMillis) {
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.clockNanos = clockNanos;
        this.interruption = interruption;
        this.lookMillis = lookMillis;
        this.startNanos = clockNanos.getAsLong();
    }

    /** Whether the time is over, or the user wants the end. On any thread. */
    boolean isOver() {
        return interruption.isRequested() || clockNanos.getAsLong() - startNanos >= nanos;
    }

    /**
     * Runs the work on a thread of its own, which does not keep the process alive; throws what it throws.
     *
     * @return empty when it has not come back some time after this was over
     */
    <T> Optional<T> resultOf(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "foresail-after");
        thread.setDaemon(true);
        thread.start();
        long overdue = 0;
        while (overdue <= (interruption.isRequested() ? INTERRUPTED_GRACE_LOOKS : GRACE_LOOKS)) {
            try {
                return Optional.of(task.get(lookMillis, TimeUnit.MILLISECONDS));
            } catch (TimeoutException stillRunning) {
                overdue = isOver() ? overdue + 1 : 0;
            } catch (ExecutionException failed) {
                throw thrownBy(failed);
            } catch (InterruptedException interrupted) {
                throw nobodyInterrupts(interrupted);
            }
        }
        return Optional.empty();
    }

    /** What the work threw; an error is thrown at once. */
    static RuntimeException thrownBy(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException exception ? exception : new IllegalStateException(failed);
    }

    static IllegalStateException nobodyInterrupts(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("nobody interrupts the command line", interrupted);
    }
}
