package dev.foresail.predictor.service;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A candidate that was chosen, and the request that goes there: tell how it ended, as that is what later choices learn from.
 *
 * <pre>{@code
 * try (Chosen<URI> replica = choices.choose("replica", replicas)) {
 *     answer = ask(replica.value());
 *     replica.succeeded();
 * }
 * }</pre>
 *
 * <p>The first end that is told counts, later ones are ignored. Thread-safe; the end may be told on any thread.
 */
public final class Chosen<T> implements AutoCloseable {
    private final T value;
    private final ServiceChoice choice;
    private final ServiceChoice.Ticket ticket;
    private final AtomicBoolean ended = new AtomicBoolean();

    Chosen(T value, ServiceChoice choice, ServiceChoice.Ticket ticket) {
        this.value = value;
        this.choice = choice;
        this.ticket = ticket;
    }

    public T value() {
        return value;
    }

    /** Why it was chosen. */
    public ServiceDecision decision() {
        return ticket.decision();
    }

    /** The answer is there, and it took as long as since the choice. */
    public void succeeded() {
        end(false);
    }

    /** There is no answer that is of any use. */
    public void failed() {
        end(true);
    }

    /** Without another end before: {@link #failed}. */
    @Override
    public void close() {
        failed();
    }

    private void end(boolean hasFailed) {
        if (ended.compareAndSet(false, true)) {
            choice.ended(ticket, hasFailed);
        }
    }
}
