package dev.foresail.eval.proposer;

import dev.foresail.eval.proposer.LogMessages.Entry;
import java.util.SortedMap;

/** What every form of a replica has: a log, and what it waits for. */
interface LogState {
    /** How many replicas there are, with the ids 1 to this. */
    int replicas();

    /** Accepted and chosen slots, but for those that were executed long ago. */
    SortedMap<Long, Entry> log();

    /** Of the slots proposed here that are not chosen yet: the replicas that have accepted, one bit each. */
    SortedMap<Long, Integer> accepters();

    /** The numbers of the commands that the replica was asked for and that are not executed yet, and when that was. */
    SortedMap<Long, Long> waiting();

    /** The number of the next command that the replica is asked for, from 1 on. */
    long countAsked();

    /** All slots below are executed here. */
    long executed();

    void executedBelow(long slot);

    /** Whether it is known here that nothing will ever be proposed for a slot of which nothing was heard. */
    default boolean isSkipped(long slot) {
        return false;
    }

    /** A command of the replica's own is executed, so long after it was asked for. */
    default void answered(long nanos) {}
}
