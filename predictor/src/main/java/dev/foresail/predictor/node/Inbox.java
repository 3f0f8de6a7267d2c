package dev.foresail.predictor.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds back whole sources of events: while one event of a channel is parked for a prediction, all that comes behind it on
 * the channel waits, so that parking is nothing but delay. Not thread-safe.
 */
final class Inbox {
    private Map<Object, Parked> parked = Map.of();

    /**
     * @param expire what happens when no more can wait
     */
    private record Parked(Deque<Runnable> waiting, Host.Alarm timeout, Runnable expire) {}

    boolean isParked(Object source) {
        return !parked.isEmpty() && parked.containsKey(source);
    }

    void park(Object source, Host.Alarm timeout, Runnable expire) {
        parked = parked.isEmpty() ? new HashMap<>() : parked;
        parked.put(source, new Parked(new ArrayDeque<>(), timeout, expire));
    }

    /** Lets {@code task} wait behind the parked event; returns how many wait now. */
    int enqueue(Object source, Runnable task) {
        Parked held = parked.get(source);
        if (held == null) {
            throw new IllegalStateException("the source is not parked");
        }
        held.waiting().addLast(task);
        return held.waiting().size();
    }

    /** Too many wait: the parked event is decided now. */
    void overflow(Object source) {
        Parked held = parked.get(source);
        if (held != null) {
            held.expire().run();
        }
    }

    /** Releases the source and runs what waits behind it, until that parks the source again. */
    void release(Object source) {
        Parked released = parked.isEmpty() ? null : parked.remove(source);
        if (released == null) {
            return;
        }
        released.timeout().cancel();
        Deque<Runnable> waiting = released.waiting();
        while (!waiting.isEmpty()) {
            waiting.removeFirst().run();
            Parked again = parked.get(source);
            if (again != null) {
                again.waiting().addAll(waiting);
                return;
            }
        }
    }
}
