package dev.foresail.predictor.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last messages that were sent over a channel, with their sequence numbers, oldest first; beyond a limit the oldest is
 * forgotten. Not thread-safe.
 *
 * <p>Something is added with every message, and hardly ever read. So it is a chain of small arrays of messages whose numbers follow one
 * another, each filled once, and given up when all in it are forgotten. A ring would grow old, and a message that is put into an
 * old array costs the collector's write barrier; and it would have each message looked at once more, when it has left the
 * processor's caches. Price: a chain is gone along where it is read, and up to {@value #MOST_CAPACITY} messages more are
 * kept from being collected than are told of.
 */
final class SentLog implements Iterable<SentMessage> {
    private static final int LEAST_CAPACITY = 8;
    private static final int MOST_CAPACITY = 64;

    private final int limit;
    private Part first;
    private Part last;
    /** With those beyond the limit. */
    private int kept;

    /** Some messages in a row; from {@code begin} to before {@code end} they are not forgotten. */
    private static final class Part {
        /** What the number of the message at place 0 is. */
        final long base;

        final Object[] messages;
        int begin;
        int end;

        @Nullable
        Part next;

        Part(long base, int capacity) {
            this.base = base;
            this.messages = new Object[capacity];
        }

        /** Whether a message of that number may be put at the end. */
        boolean takes(long sequence) {
            return end < messages.length && sequence == base + end;
        }

        int size() {
            return end - begin;
        }

        SentMessage get(int place) {
            return new SentMessage(base + place, messages[place]);
        }
    }

    /** @param limit how many are kept, at least 1 */
    SentLog(int limit) {
        this.limit = limit;
        this.first = new Part(0, 0);
        this.last = first;
    }

    void add(long sequence, Object message) {
        Part part = last;
        if (!part.takes(sequence)) {
            part = extended(sequence);
        }
        part.messages[part.end] = message;
        part.end++;
        kept++;
    }

    private Part extended(long sequence) {
        int capacity = last.end < last.messages.length ? LEAST_CAPACITY : 2 * last.messages.length;
        Part part = new Part(sequence, Math.min(Math.max(capacity, LEAST_CAPACITY), MOST_CAPACITY));
        last.next = part;
        last = part;
        while (first != last && kept - first.size() >= limit) {
            kept -= first.size();
            giveUpFirst();
        }
        return part;
    }

    void addAll(Iterable<SentMessage> sent) {
        sent.forEach(each -> add(each.sequence(), each.message()));
    }

    /** What is given up refers to nothing: it may be older than what comes after it, and would keep that from being collected. */
    private void giveUpFirst() {
        Part given = first;
        first = Objects.requireNonNull(given.next, "the last part is never given up");
        given.next = null;
    }

    /** Forgets messages up to {@code sequence}. */
    // What is forgotten is not kept from being collected.
    @SuppressWarnings("NullAway")
    void forgetUpTo(long sequence) {
        while (true) {
            Part part = first;
            while (part.size() > 0 && part.base + part.begin <= sequence) {
                part.messages[part.begin] = null;
                part.begin++;
                kept--;
            }
            if (part.size() > 0 || part == last) {
                return;
            }
            giveUpFirst();
        }
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> after(long sequence) {
        List<SentMessage> found = new ArrayList<>();
        int beyond = Math.max(0, kept - limit);
        for (Part part = first; part != null; part = part.next) {
            for (int place = part.begin + beyond; place < part.end; place++) {
                if (part.base + place > sequence) {
                    found.add(part.get(place));
                }
            }
            beyond = Math.max(0, beyond - part.size());
        }
        return found.isEmpty() ? List.of() : found;
    }

    List<SentMessage> all() {
        return after(Long.MIN_VALUE);
    }

    @Override
    public Iterator<SentMessage> iterator() {
        return all().iterator();
    }
}
