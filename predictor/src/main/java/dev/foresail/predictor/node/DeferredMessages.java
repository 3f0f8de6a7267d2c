package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The messages that a node has received and not handled, because none of their handlers was enabled. They are tried again
 * whenever the state may have changed. Not thread-safe.
 */
final class DeferredMessages {
    /** The source of messages that are tried again. */
    static final String SOURCE = "deferred";

    private List<Event.Delivery> waiting = List.of();
    /** Those that are being tried again, but not handled yet: parked, or waiting behind a parked one. */
    private List<PendingEvent> retried = List.of();

    private final Function<List<Event.Delivery>, OptionalInt> nextReady;
    private final BooleanSupplier held;
    private final Consumer<PendingEvent> arrive;
    private boolean retrying;

    /**
     * @param nextReady the place of the first one that has an enabled handler now
     * @param held whether none may be tried now, ready or not
     * @param arrive takes one that is tried again; may lead to {@link #retry} before it returns
     */
    DeferredMessages(
            Function<List<Event.Delivery>, OptionalInt> nextReady,
            BooleanSupplier held,
            Consumer<PendingEvent> arrive) {
        this.nextReady = nextReady;
        this.held = held;
        this.arrive = arrive;
    }

    void defer(Event.Delivery message) {
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>();
            retried = new ArrayList<>(retried);
        }
        waiting.add(message);
    }

    /** Tries them again, one after the other, until none is ready or they are held. */
    void retry() {
        if (retrying) {
            return;
        }
        retrying = true;
        try {
            while (!waiting.isEmpty() && !held.getAsBoolean()) {
                OptionalInt ready = nextReady.apply(waiting);
                if (ready.isEmpty()) {
                    return;
                }
                PendingEvent next = new PendingEvent(waiting.remove(ready.getAsInt()), SOURCE, 0);
                retried.add(next);
                arrive.accept(next);
            }
        } finally {
            retrying = false;
        }
    }

    /** The event is over; it may be one that was tried again. */
    void completed(PendingEvent event) {
        if (!retried.isEmpty()) {
            retried.remove(event);
        }
    }

    /** Whether the event is a message that is being tried again. */
    boolean isRetried(PendingEvent event) {
        return retried.contains(event);
    }

    /** What is seen with a message that is being tried again taken for handled. */
    <T> T without(PendingEvent handled, Supplier<T> view) {
        int place = retried.indexOf(handled);
        retried.remove(place);
        T seen = view.get();
        retried.add(place, handled);
        return seen;
    }

    /** Those that are being tried again first. */
    List<Event.Delivery> notHandled() {
        List<Event.Delivery> messages = new ArrayList<>();
        retried.forEach(pending -> messages.add((Event.Delivery) pending.event));
        messages.addAll(waiting);
        return messages;
    }
}
