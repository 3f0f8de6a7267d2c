package dev.foresail.predictor.simulate.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The queue and the naive one, to which the same is done; they must not differ. */
final class QueuePair {
    final EventQueue queue = new EventQueue();
    private final NaiveQueue naive = new NaiveQueue();
    private final Map<NaiveQueue.Entry, Ticket> tickets = new HashMap<>();
    private int added;
    private long nowNanos;

    private static final class Ticket extends Cancellable {}

    long nowNanos() {
        return nowNanos;
    }

    int size() {
        return naive.size();
    }

    /** Every third entry carries nothing, so that it cannot be cancelled. */
    void add(long atNanos, int source) {
        NaiveQueue.Entry entry = new NaiveQueue.Entry(atNanos, source, added, added);
        naive.add(entry);
        if (added % 3 == 0) {
            queue.add(atNanos, source, added, null);
        } else {
            Ticket ticket = new Ticket();
            tickets.put(entry, ticket);
            queue.add(atNanos, source, added, ticket);
        }
        added++;
    }

    void cancel(int number) {
        naive.any(number).filter(tickets::containsKey).ifPresent(entry -> {
            naive.cancel(entry);
            queue.cancel(tickets.remove(entry));
        });
        assertEquals(naive.size(), queue.size());
    }

    /** Takes the next entry from both; false when there is none. */
    boolean next(long untilNanos) {
        Optional<NaiveQueue.Entry> expected = naive.next(untilNanos);
        if (expected.isEmpty()) {
            assertFalse(queue.next(untilNanos), "nothing is due until " + untilNanos);
            nowNanos = Math.max(nowNanos, untilNanos);
            return false;
        }
        assertTrue(queue.next(untilNanos), () -> "due is " + expected.get());
        assertEquals(
                expected.get(),
                new NaiveQueue.Entry(
                        queue.atNanos(), queue.source(), expected.get().sequence(), queue.place()));
        assertSame(tickets.remove(expected.get()), queue.what());
        nowNanos = expected.get().atNanos();
        return true;
    }

    void drain() {
        while (next(EventQueue.LATEST_NANOS)) {
            assertEquals(naive.size(), queue.size());
        }
    }
}
