package dev.foresail.steering.live;

import dev.foresail.steering.control.LookAhead;
import java.util.concurrent.atomic.LongAdder;

/** What a node's looking ahead has come to. Written by its event loop, readable from any thread. */
public final class LookAheadFigures {
    private final LongAdder rounds = new LongAdder();
    private final LongAdder worlds = new LongAdder();
    private final LongAdder foreseen = new LongAdder();
    private final LongAdder unhelpful = new LongAdder();
    private final LongAdder possible = new LongAdder();
    private final LongAdder installed = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder advised = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LatencyHistogram took = new LatencyHistogram();
    private volatile int lastDepth;
    private volatile long lastAgeNanos;

    void add(LookAhead round) {
        rounds.increment();
        worlds.add(round.worlds());
        foreseen.add(round.foreseen());
        unhelpful.add(round.unhelpful());
        possible.add(round.possible());
        took.record(round.tookNanos());
        lastDepth = round.depth();
        lastAgeNanos = round.snapshotAgeNanos();
    }

    void installed() {
        installed.increment();
    }

    void told() {
        told.increment();
    }

    void advised() {
        advised.increment();
    }

    void refused() {
        refused.increment();
    }

    public long rounds() {
        return rounds.sum();
    }

    /** Worlds explored in all rounds. */
    public long worlds() {
        return worlds.sum();
    }

    /** Paths to violations that were found, each as often as it was. */
    public long foreseen() {
        return foreseen.sum();
    }

    /** Of those, how many the node has no way to leave that helps. */
    public long unhelpful() {
        return unhelpful.sum();
    }

    /** Paths to violations that rest on what unknown nodes may answer, each as often as it was found. */
    public long possible() {
        return possible.sum();
    }

    /** Event filters that were put in place. */
    public long installedFilters() {
        return installed.sum();
    }

    /** How often a neighbour was told of a path to a violation. */
    public long adviceTold() {
        return told.sum();
    }

    /** How often a peer has told of a path, in a form that can be read. */
    public long adviceTaken() {
        return advised.sum();
    }

    /** How often what a peer has told was of no use, or too much. */
    public long adviceRefused() {
        return refused.sum();
    }

    /** From the snapshot to the filters in place, of each round. */
    public LatencyHistogram took() {
        return took;
    }

    /** The length of the longest path that the last round explored. */
    public int lastDepth() {
        return lastDepth;
    }

    /** The age of the oldest checkpoint in the last round's snapshot. */
    public long lastAgeNanos() {
        return lastAgeNanos;
    }
}
