package dev.foresail.predictor.transport;

import java.util.Comparator;

/**
 * Which start of a node it is.
 *
 * @param number counts the starts, as far as the node's disk remembers
 * @param nanos what the node's clock read then: it tells starts apart of a node without a disk
 */
public record Start(long number, long nanos) implements Comparable<Start> {
    /** Of a node of which no start is known. */
    static final Start UNKNOWN = new Start(0, 0);

    private static final Comparator<Start> BY_TIME =
            Comparator.comparingLong(Start::number).thenComparingLong(Start::nanos);

    boolean isKnown() {
        return number > 0;
    }

    @Override
    public int compareTo(Start other) {
        return BY_TIME.compare(this, other);
    }
}
