package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.transport.Start;
import java.util.Comparator;

/**
 * Which message it is.
 *
 * @param start of the origin
 * @param number in the order of sending, from 1
 */
public record Ticket(NodeId origin, Start start, long number) implements Comparable<Ticket> {
    private static final Comparator<Ticket> ORDER =
            Comparator.comparing(Ticket::origin).thenComparing(Ticket::start).thenComparingLong(Ticket::number);

    @Override
    public int compareTo(Ticket other) {
        return ORDER.compare(this, other);
    }
}
