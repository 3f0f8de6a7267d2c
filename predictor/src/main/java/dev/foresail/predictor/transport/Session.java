package dev.foresail.predictor.transport;

import java.util.Comparator;

/**
 * What numbers of messages count in: a start of the sender, and how often it has begun anew with the receiver since. Of two sessions from one node to another
 * the later one is greater.
 */
public record Session(Start start, long renewals) implements Comparable<Session> {
    private static final Comparator<Session> BY_TIME =
            Comparator.comparing(Session::start).thenComparingLong(Session::renewals);

    Session next() {
        return new Session(start, renewals + 1);
    }

    @Override
    public int compareTo(Session other) {
        return BY_TIME.compare(this, other);
    }
}
