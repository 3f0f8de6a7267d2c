package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.Hashing;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the replicas of a log tell each other, and what is in the log. */
public final class LogMessages {
    private LogMessages() {}

    /**
     * What a client wants to be executed.
     *
     * @param origin the replica that was asked
     * @param number the first of the replica's is 1
     * @param operation the client's
     */
    public record Command(NodeId origin, long number, long operation) {
        /** What fills a slot in which nothing has to be. */
        static final Command NOTHING = new Command(NodeId.of(0), 0, 0);
    }

    /**
     * What is known of a slot of the log.
     *
     * @param ballot the highest in which it was accepted here; without meaning once it is chosen
     */
    public record Entry(long ballot, Command command, boolean chosen) {
        /** Whether it says more than what was known before. */
        boolean isOver(Entry before) {
            return chosen || !before.chosen && ballot >= before.ballot;
        }
    }

    /**
     * Which commands of one origin are executed. Commands of an origin may be chosen in another order than that of their numbers, and more than once.
     *
     * @param below all of lower numbers are
     * @param above and these
     */
    public record Session(long below, SortedSet<Long> above) {
        /** None is. */
        static final Session NEW = new Session(1, Collections.emptySortedSet());

        boolean hasExecuted(long number) {
            return number < below || above.contains(number);
        }

        /** The same with one more. */
        Session with(long number) {
            SortedSet<Long> left = new TreeSet<>(above);
            left.add(number);
            long next = below;
            while (left.remove(next)) {
                next++;
            }
            return new Session(next, left);
        }
    }

    /**
     * What a replica has executed: all that another needs to go on from there.
     *
     * @param below all slots below are executed
     * @param checksum of the commands in the order in which they were, each once: stands for the application's state
     * @param sessions by origin
     */
    public record Executed(long below, long checksum, SortedMap<NodeId, Session> sessions) {
        static final Executed NOTHING = new Executed(0, 0, Collections.emptySortedMap());

        boolean has(Command command) {
            return command.equals(Command.NOTHING)
                    || sessions.getOrDefault(command.origin(), Session.NEW).hasExecuted(command.number());
        }

        /** The same with one more slot; a command that was executed before is not executed again. */
        Executed with(Command command) {
            if (has(command)) {
                return new Executed(below + 1, checksum, sessions);
            }
            SortedMap<NodeId, Session> later = new TreeMap<>(sessions);
            later.merge(
                    command.origin(),
                    Session.NEW.with(command.number()),
                    (session, first) -> session.with(command.number()));
            long origin = Hashing.combine(checksum, command.origin().value());
            return new Executed(below + 1, Hashing.combine(origin, command.number()), later);
        }
    }

    /**
     * What a replica has promised of a lane: to accept nothing of a lower ballot in its slots below.
     *
     * @param ballot 0 is the first proposer's, higher ones are those of replica {@code ballot % replicas}
     */
    public record Promise(long ballot, long below) {}

    /**
     * Slots of the sender's own turn, from {@code from} on, in which it has proposed nothing and never will, but for the one that the message is about.
     *
     * @param below nothing is known of slots from here on; 0 where slots have no owners
     */
    public record Skipped(long from, long below) {
        static final Skipped NONE = new Skipped(0, 0);
    }

    /** Propose this. */
    public record Forward(Command command) {}

    /** Who is to propose in a lane asks what was accepted there before (phase 1a). */
    public record Prepare(long lane, Promise promise) {}

    /** The sender has promised, and tells what it has accepted (phase 1b). */
    public record Promised(long lane, long ballot, Told told) {}

    /** The sender has promised more already. */
    public record Outdated(long lane, Promise promise) {}

    /**
     * Propose (phase 2a).
     *
     * @param promise in whose ballot
     */
    public record Accept(long slot, Promise promise, Command command, Skipped skipped) {}

    /** The sender has accepted what was proposed for the slot (phase 2b). */
    public record Accepted(long slot, long ballot, Skipped skipped) {}

    /** A majority has accepted it. */
    public record Chosen(long slot, Command command, Skipped skipped) {}

    /**
     * What a replica knows, for others that may have missed it.
     *
     * @param executed the snapshot of it
     * @param log what the sender remembers of executed slots, and all others of which it has heard
     * @param free below it the owner of a lane proposes nothing more but what is in the log
     */
    public record Told(Executed executed, SortedMap<Long, Entry> log, SortedMap<Long, Long> free) {}

    /**
     * From this slot on the receiver proposes, and the sender nothing any more.
     *
     * @param promise in whose ballot
     * @param number of the hand-overs of the ballot, the first is 1; so that one which comes twice, or late, hands nothing over again
     */
    public record HandOver(long slot, Promise promise, long number) {
        static final HandOver NONE = new HandOver(0, new Promise(0, 0), 0);

        boolean isAfter(HandOver other) {
            return promise.ballot() == other.promise.ballot()
                    ? number > other.number
                    : promise.ballot() > other.promise.ballot();
        }

        HandOver next(long slot, Promise promise) {
            return new HandOver(slot, promise, promise.ballot() == this.promise.ballot() ? number + 1 : 1);
        }
    }
}
