package dev.foresail.predictor.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last messages that were sent over a channel, with their sequence numbers, oldest first; beyond a limit the oldest is
 * forgotten. Not thread-safe.
 *
 * <p>Something is added with every message, and hardly ever read. So there are some arrays of messages whose numbers follow one
 * another, each filled once, and given up when all in it are forgotten. A ring would grow old, and a message that is put into an
 * old array costs the collector's write barrier; and it would have each message looked at once more, when it has left the
 * processor's caches. Price: it is gone along where it is read, and fewer than twice {@value #MOST_CAPACITY} messages
 * more are kept from being collected than are told of.
 */
final class SentLog implements Iterable<SentMessage> {
    private static final int LEAST_CAPACITY = 8;
    /** To give up a part is to look at what has left the processor's caches: once in so many messages. */
    static final int MOST_CAPACITY = 256;

    private static final Object[] NOTHING = {};

    private final int limit;
    /** Those that nothing is added to any more, oldest first. */
    private final Deque<Part> filled = new ArrayDeque<>(1);
    /** With those beyond the limit. */
    private int keptInFilled;

    /** The part that is being filled: here, as each further object on the way to it is felt at every message. */
    private Object[] messages = NOTHING;

    private long base;
    private int begin;
    private int end;

    /** Some messages in a row; from {@code begin} to before {@code end} they are not forgotten. */
    private static final class Part {
        /** What the number of the message at place 0 is. */
        final long base;

        final Object[] messages;
        int begin;
        final int end;

        Part(long base, Object[] messages, int begin, int end) {
            this.base = base;
            this.messages = messages;
            this.begin = begin;
            this.end = end;
        }

        int size() {
            return end - begin;
        }
    }

    /** @param limit how many are kept, at least 1 */
    SentLog(int limit) {
        this.limit = limit;
    }

    void add(long sequence, Object message) {
        if (end == messages.length || sequence != base + end) {
            extend(sequence);
        }
        messages[end] = message;
        end++;
    }

    private void extend(long sequence) {
        int capacity = end < messages.length ? LEAST_CAPACITY : 2 * messages.length;
        if (begin < end) {
            filled.addLast(latest());
            keptInFilled += end - begin;
        }
        messages = new Object[Math.min(Math.max(capacity, LEAST_CAPACITY), MOST_CAPACITY)];
        base = sequence;
        begin = 0;
        end = 0;
        while (!filled.isEmpty() && keptInFilled - filled.getFirst().size() >= limit) {
            keptInFilled -= filled.removeFirst().size();
        }
    }

    private Part latest() {
        return new Part(base, messages, begin, end);
    }

    void addAll(Iterable<SentMessage> sent) {
        sent.forEach(each -> add(each.sequence(), each.message()));
    }

    /** Forgets messages up to {@code sequence}. */
    void forgetUpTo(long sequence) {
        while (!filled.isEmpty()) {
            Part first = filled.getFirst();
            int place = forgotten(sequence, first);
            keptInFilled -= place - first.begin;
            first.begin = place;
            if (first.size() > 0) {
                return;
            }
            filled.removeFirst();
        }
        begin = forgotten(sequence, latest());
    }

    /** The place of the first message that is not forgotten; what is forgotten is not kept from being collected. */
    @SuppressWarnings("NullAway")
    private static int forgotten(long sequence, Part part) {
        int place = part.begin;
        while (place < part.end && part.base + place <= sequence) {
            part.messages[place] = null;
            place++;
        }
        return place;
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> after(long sequence) {
        List<SentMessage> found = new ArrayList<>();
        int beyond = Math.max(0, kept() - limit);
        for (Part part : filled) {
            addAfter(sequence, part, beyond, found);
            beyond = Math.max(0, beyond - part.size());
        }
        addAfter(sequence, latest(), beyond, found);
        return found.isEmpty() ? List.of() : found;
    }

    /** @param beyond how many of the first ones are beyond the limit */
    private static void addAfter(long sequence, Part part, int beyond, List<SentMessage> found) {
        for (int place = part.begin + beyond; place < part.end; place++) {
            if (part.base + place > sequence) {
                found.add(new SentMessage(part.base + place, part.messages[place]));
            }
        }
    }

    /** How many are kept from being collected, with those beyond the limit. */
    int kept() {
        return keptInFilled + end - begin;
    }

    List<SentMessage> all() {
        return after(Long.MIN_VALUE);
    }

    @Override
    public Iterator<SentMessage> iterator() {
        return all().iterator();
    }
}
