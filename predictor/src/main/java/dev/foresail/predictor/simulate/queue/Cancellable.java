package dev.foresail.predictor.simulate.queue;

/**
 * Something in an {@link EventQueue} that may be cancelled before it happens ({@link EventQueue#cancel}). It is put into one
 * queue, once. Not thread-safe.
 */
public abstract class Cancellable {
    private boolean taken;
    private boolean cancelled;

    /** Whether it was cancelled, before it was taken from the queue or after. */
    public final boolean isCancelled() {
        return cancelled;
    }

    /** Takes it from the queue; false when it was cancelled before. */
    final boolean take() {
        taken = true;
        return !cancelled;
    }

    /** Cancels it; true when this is new and it is still in the queue. */
    final boolean cancel() {
        boolean isNew = !cancelled;
        cancelled = true;
        return isNew && !taken;
    }
}
