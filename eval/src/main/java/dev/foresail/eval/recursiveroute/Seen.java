package dev.foresail.eval.recursiveroute;

import dev.foresail.predictor.transport.Start;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which messages of an origin this node has delivered.
 *
 * @param least of those with a lower number the origin knows the outcome
 * @param numbers of those that were delivered here, from {@code least} on
 */
public record Seen(Start start, long least, SortedSet<Long> numbers) {
    /** Of an origin of which nothing has come yet. */
    static final Seen NOTHING = new Seen(new Start(0, 0), 0, new TreeSet<>());

    /** When the origin says below which number everything is over. */
    Seen upTo(Start later, long lowest) {
        int order = later.compareTo(start);
        if (order < 0 || order == 0 && lowest <= least) {
            return this;
        }
        return new Seen(later, lowest, order == 0 ? new TreeSet<>(numbers.tailSet(lowest)) : new TreeSet<>());
    }

    /** Whether the origin waits for it no more. */
    boolean isOver(Ticket ticket) {
        return ticket.start().compareTo(start) < 0 || ticket.number() < least;
    }

    boolean has(Ticket ticket) {
        return numbers.contains(ticket.number());
    }

    Seen with(Ticket ticket) {
        SortedSet<Long> more = new TreeSet<>(numbers);
        more.add(ticket.number());
        return new Seen(start, least, more);
    }
}
