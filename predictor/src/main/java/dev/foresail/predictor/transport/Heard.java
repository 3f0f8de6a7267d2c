package dev.foresail.predictor.transport;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which messages of a session have come: all up to a number, and some beyond.
 *
 * @param upTo all with at most this number have come, or will never be waited for
 * @param beyond greater than {@code upTo} plus one
 */
public record Heard(Session session, long upTo, SortedSet<Long> beyond) {
    /** Nothing yet. */
    static Heard of(Session session) {
        return new Heard(session, 0, new TreeSet<>());
    }

    boolean has(long number) {
        return number <= upTo || beyond.contains(number);
    }

    /**
     * With one more message.
     *
     * @param least the sender waits for no message with a lower number
     */
    Heard with(long number, long least) {
        SortedSet<Long> rest = new TreeSet<>(beyond);
        rest.add(number);
        long all = Math.max(upTo, least - 1);
        rest.headSet(all + 1).clear();
        while (rest.remove(all + 1)) {
            all++;
        }
        return new Heard(session, all, rest);
    }
}
