package dev.foresail.predictor.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The last messages that were sent over a channel, with their sequence numbers, oldest first; beyond a limit the oldest is
 * forgotten. A ring of two arrays, as something is added with every message and hardly ever read. Not thread-safe.
 */
final class SentLog implements Iterable<SentMessage> {
    private static final int LEAST_CAPACITY = 8;
    private static final long[] NO_SEQUENCES = {};
    private static final Object[] NO_MESSAGES = {};

    private final int limit;
    private long[] sequences = NO_SEQUENCES;
    private Object[] messages = NO_MESSAGES;
    private int first;
    private int size;

    /** @param limit how many are kept, at least 1 */
    SentLog(int limit) {
        this.limit = limit;
    }

    void add(long sequence, Object message) {
        if (size == limit) {
            // Its place is taken at once.
            first = place(1);
            size--;
        } else if (size == messages.length) {
            grow();
        }
        int place = place(size);
        sequences[place] = sequence;
        messages[place] = message;
        size++;
    }

    void addAll(Iterable<SentMessage> sent) {
        sent.forEach(each -> add(each.sequence(), each.message()));
    }

    private int place(int index) {
        int place = first + index;
        return place < messages.length ? place : place - messages.length;
    }

    private void grow() {
        int capacity = Math.min(limit, Math.max(LEAST_CAPACITY, 2 * messages.length));
        long[] allSequences = new long[capacity];
        Object[] allMessages = new Object[capacity];
        for (int index = 0; index < size; index++) {
            allSequences[index] = sequences[place(index)];
            allMessages[index] = messages[place(index)];
        }
        sequences = allSequences;
        messages = allMessages;
        first = 0;
    }

    // What is forgotten is not kept from being collected.
    @SuppressWarnings("NullAway")
    private void removeFirst() {
        messages[first] = null;
        first = place(1);
        size--;
    }

    /** Forgets messages up to {@code sequence}. */
    void forgetUpTo(long sequence) {
        while (size > 0 && sequences[first] <= sequence) {
            removeFirst();
        }
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> after(long sequence) {
        int index = size;
        while (index > 0 && sequences[place(index - 1)] > sequence) {
            index--;
        }
        return from(index);
    }

    List<SentMessage> all() {
        return from(0);
    }

    private List<SentMessage> from(int begin) {
        if (begin == size) {
            return List.of();
        }
        List<SentMessage> found = new ArrayList<>(size - begin);
        for (int index = begin; index < size; index++) {
            found.add(get(index));
        }
        return found;
    }

    private SentMessage get(int index) {
        return new SentMessage(sequences[place(index)], messages[place(index)]);
    }

    @Override
    public Iterator<SentMessage> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public SentMessage next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
