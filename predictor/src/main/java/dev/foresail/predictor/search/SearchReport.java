package dev.foresail.predictor.search;

import java.util.List;

/**
 * What a search has done and found.
 *
 * @param distinctWorlds initial worlds included
 * @param transitions enabled actions, initial worlds excluded
 * @param handlerRuns how often a handler was run
 * @param localStates distinct local states of all nodes together
 * @param messages distinct messages, by receiver, sender and content
 * @param maxDepth the length of the longest of the shortest paths; an initial world is 0
 * @param nanos the search alone
 * @param worldsByDepth distinct worlds at each depth; of walks, empty
 * @param ended why the search ended
 * @param violations of each property the shortest path found
 * @param collisionOdds the odds that two different worlds had the same fingerprint and one of them was not looked at
 */
public record SearchReport(
        SearchKind kind,
        long distinctWorlds,
        long transitions,
        long handlerRuns,
        long localStates,
        long messages,
        int maxDepth,
        long nanos,
        List<Long> worldsByDepth,
        Ended ended,
        List<Violation> violations,
        double collisionOdds) {
    public SearchReport {
        worldsByDepth = List.copyOf(worldsByDepth);
        violations = List.copyOf(violations);
    }

    /** Why a search ends. */
    public enum Ended {
        /** Nothing is left to be explored. */
        EXHAUSTED,
        VIOLATION,
        DEPTH,
        WORLDS,
        TIME,
        MEMORY,
        INTERRUPTED
    }

    /** What can be said. */
    public enum Outcome {
        HOLDS,
        VIOLATED,
        UNKNOWN
    }

    /** Holds only when an exhaustive search was exhausted without a violation, and there was a world to look at. */
    public Outcome outcome() {
        if (!violations.isEmpty()) {
            return Outcome.VIOLATED;
        }
        boolean whole = kind == SearchKind.EXHAUSTIVE && ended == Ended.EXHAUSTED;
        return whole && distinctWorlds > 0 ? Outcome.HOLDS : Outcome.UNKNOWN;
    }
}
