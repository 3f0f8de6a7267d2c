package dev.foresail.predictor.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The last messages that were sent over a channel, with their sequence numbers, oldest first; beyond a limit the oldest is
 * forgotten. Not thread-safe.
 *
 * <p>Something is added with every message, and hardly ever read. So it is a chain of small arrays, each filled once and given up when all in
 * it are forgotten, and no ring: a ring grows old, and each message that is put into an old array costs the collector's
 * write barrier more than all else that is done here. Price: the chain is gone along where it is read.
 */
final class SentLog implements Iterable<SentMessage> {
    private static final int LEAST_CAPACITY = 8;
    private static final int MOST_CAPACITY = 64;

    private final int limit;
    private Part first;
    private Part last;
    private int size;

    /** Some messages in a row; from {@code begin} to before {@code end} they are not forgotten. */
    private static final class Part {
        final long[] sequences;
        final Object[] messages;
        int begin;
        int end;

        @Nullable
        Part next;

        Part(int capacity) {
            sequences = new long[capacity];
            messages = new Object[capacity];
        }
    }

    /** @param limit how many are kept, at least 1 */
    SentLog(int limit) {
        this.limit = limit;
        this.first = new Part(Math.min(limit, LEAST_CAPACITY));
        this.last = first;
    }

    void add(long sequence, Object message) {
        if (size == limit) {
            removeFirst();
        }
        Part part = last;
        if (part.end == part.messages.length) {
            part = new Part(Math.min(2 * part.messages.length, MOST_CAPACITY));
            last.next = part;
            last = part;
            giveUpEmpty();
        }
        part.sequences[part.end] = sequence;
        part.messages[part.end] = message;
        part.end++;
        size++;
    }

    void addAll(Iterable<SentMessage> sent) {
        sent.forEach(each -> add(each.sequence(), each.message()));
    }

    // What is forgotten is not kept from being collected.
    @SuppressWarnings("NullAway")
    private void removeFirst() {
        first.messages[first.begin] = null;
        first.begin++;
        size--;
        giveUpEmpty();
    }

    /** What is given up refers to nothing: it may be older than what comes after it, and would keep that from being collected. */
    private void giveUpEmpty() {
        Part next = first.next;
        if (first.begin == first.end && next != null) {
            first.next = null;
            first = next;
        }
    }

    /** Forgets messages up to {@code sequence}. */
    void forgetUpTo(long sequence) {
        while (size > 0 && first.sequences[first.begin] <= sequence) {
            removeFirst();
        }
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> after(long sequence) {
        List<SentMessage> found = new ArrayList<>();
        for (Part part = first; part != null; part = part.next) {
            boolean hasAny = part.begin < part.end && part.sequences[part.end - 1] > sequence;
            for (int index = part.begin; hasAny && index < part.end; index++) {
                if (part.sequences[index] > sequence) {
                    found.add(new SentMessage(part.sequences[index], part.messages[index]));
                }
            }
        }
        return found.isEmpty() ? List.of() : found;
    }

    List<SentMessage> all() {
        return after(Long.MIN_VALUE);
    }

    @Override
    public Iterator<SentMessage> iterator() {
        return new Iterator<>() {
            private Part part = first;
            private int index = first.begin;
            private int left = size;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public SentMessage next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                Part next = part.next;
                if (index == part.end && next != null) {
                    part = next;
                    index = part.begin;
                }
                left--;
                SentMessage message = new SentMessage(part.sequences[index], part.messages[index]);
                index++;
                return message;
            }
        };
    }
}
