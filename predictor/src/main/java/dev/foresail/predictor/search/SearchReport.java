package dev.foresail.predictor.search;

import java.util.List;

/**
 * What a search has done and found. Figures are those of the search, but for {@code localStates} and {@code messages}, which
 * are all that its explorer has met so far.
 *
 * @param distinctWorlds initial worlds included
 * @param transitions enabled actions, initial worlds excluded
 * @param handlerRuns how often a handler was run; what an earlier search of the explorer has run is not run again
 * @param localStates distinct local states of all nodes together
 * @param messages distinct messages, by receiver, sender and content
 * @param maxDepth the length of the longest of the shortest paths, of walks that of the longest walk; an initial world is 0
 * @param nanos the search alone
 * @param worldsByDepth distinct worlds at each depth; of walks, empty
 * @param ended why the search ended
 * @param violations of each property the shortest path found, of walks the first
 * @param collisionOdds the odds that two different worlds had the same fingerprint and one of them was not looked at, or
 *     was taken to violate no more than the other; an upper bound; of walks 0, since they leave worlds out anyway
 * @param untold the properties of which nothing could be said in some world, because they ask for a node that is not known
 *     or is down; of liveness properties, at the end of some walk; without those of single nodes, of which nothing can be
 *     said in an incomplete model
 * @param isComplete whether the model has all nodes
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
        double collisionOdds,
        List<String> untold,
        boolean isComplete) {
    public SearchReport {
        worldsByDepth = List.copyOf(worldsByDepth);
        violations = List.copyOf(violations);
        untold = List.copyOf(untold);
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

    /**
     * Holds only when an exhaustive search was exhausted without a violation, there was a world to look at, every property could be told in
     * every world, and the model has all nodes: of a part of a system nothing can be said to hold.
     */
    public Outcome outcome() {
        if (!violations.isEmpty()) {
            return Outcome.VIOLATED;
        }
        boolean isTold = distinctWorlds > 0 && untold.isEmpty() && isComplete;
        return isTold && isExhausted() ? Outcome.HOLDS : Outcome.UNKNOWN;
    }

    private boolean isExhausted() {
        return kind == SearchKind.EXHAUSTIVE && ended == Ended.EXHAUSTED;
    }
}
