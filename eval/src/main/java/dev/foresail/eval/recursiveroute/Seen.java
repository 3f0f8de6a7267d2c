package dev.foresail.eval.recursiveroute;

import dev.foresail.eval.recursiveroute.RecursiveRoute.Hop;
import dev.foresail.predictor.transport.Start;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which messages of one life of an origin this node has delivered.
 *
 * @param start with which that life began
 * @param starts what it has said itself: more than any life before
 * @param least of those with a lower number the origin knows the outcome
 * @param numbers of those that were delivered here, from {@code least} on
 */
public record Seen(Start start, long starts, long least, SortedSet<Long> numbers) {
    /** Of an origin of which nothing has come yet. */
    static final Seen NOTHING = new Seen(new Start(0, 0), 0, 0, new TreeSet<>());

    /** After what a message says of its origin; to be kept only {@link #with} it. */
    Seen upTo(Hop hop) {
        Start said = hop.ticket().start();
        if (said.equals(start)) {
            long lowest = StrictMath.max(least, hop.least());
            return new Seen(start, StrictMath.max(starts, hop.starts()), lowest, numbers.tailSet(lowest));
        }
        boolean isLater = hop.starts() > starts || hop.starts() == starts && said.nanos() > start.nanos();
        return isLater ? new Seen(said, hop.starts(), hop.least(), new TreeSet<>()) : this;
    }

    /** Whether the message is of another life, which does not say that it is later. */
    boolean isLaterThan(Ticket ticket) {
        return !ticket.start().equals(start);
    }

    /** Whether the origin waits for it no more. */
    boolean isOver(Ticket ticket) {
        return ticket.number() < least;
    }

    boolean has(Ticket ticket) {
        return numbers.contains(ticket.number());
    }

    Seen with(Ticket ticket) {
        SortedSet<Long> more = new TreeSet<>(numbers);
        more.add(ticket.number());
        return new Seen(start, starts, least, more);
    }
}
