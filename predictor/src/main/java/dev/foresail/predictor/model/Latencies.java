package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long messages are under way and how late timers fire, for exploration that leaves out what these bounds exclude
 * ({@link SystemModel.Builder#timed}). Immutable: each method gives a changed copy. All times in nanoseconds; exploration
 * counts in whole {@link #unitNanos units}, lower bounds rounded down and upper bounds up.
 */
public final class Latencies {
    /** The upper bound of what may take any time. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** A millisecond. */
    public static final long DEFAULT_UNIT_NANOS = 1_000_000;

    private final Bounds everyLink;
    private final SortedMap<NodeId, SortedMap<NodeId, Bounds>> links;
    private final long timerSlackNanos;
    private final long unitNanos;

    private Latencies(
            Bounds everyLink,
            SortedMap<NodeId, SortedMap<NodeId, Bounds>> links,
            long timerSlackNanos,
            long unitNanos) {
        this.everyLink = everyLink;
        this.links = links;
        this.timerSlackNanos = timerSlackNanos;
        this.unitNanos = unitNanos;
    }

    /** The shortest and the longest time that something takes, {@link #UNBOUNDED} for no longest. */
    public record Bounds(long minNanos, long maxNanos) {
        public Bounds {
            if (minNanos < 0 || maxNanos < minNanos) {
                throw new IllegalArgumentException(
                        "a latency is between a minimum of at least 0 ns and a maximum that is"
                                + " not below it, not between " + minNanos + " ns and " + maxNanos + " ns");
            }
        }
    }

    /**
     * Every message to another node is under way for {@code minNanos} to {@code maxNanos}, one to the node itself for 0 to
     * {@code maxNanos}; timers fire when they are due; times are counted in milliseconds.
     */
    public static Latencies between(long minNanos, long maxNanos) {
        return new Latencies(new Bounds(minNanos, maxNanos), Collections.emptySortedMap(), 0, DEFAULT_UNIT_NANOS);
    }

    /** Other bounds for messages from one node to another. */
    public Latencies withLink(NodeId from, NodeId to, long minNanos, long maxNanos) {
        SortedMap<NodeId, SortedMap<NodeId, Bounds>> changed = new TreeMap<>();
        links.forEach((sender, receivers) -> changed.put(sender, new TreeMap<>(receivers)));
        changed.computeIfAbsent(from, added -> new TreeMap<>()).put(to, new Bounds(minNanos, maxNanos));
        return new Latencies(everyLink, changed, timerSlackNanos, unitNanos);
    }

    /** A timer fires at the earliest when it is due, and at most so much later; {@link #UNBOUNDED}: at any time. */
    public Latencies withTimerSlack(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a timer fires at least 0 ns after it is due, not " + nanos + " ns");
        }
        return new Latencies(everyLink, links, nanos, unitNanos);
    }

    /** The larger the unit, the fewer worlds there are, and the more orders of events that the bounds exclude are left. */
    public Latencies withUnit(long nanos) {
        if (nanos < 1) {
            throw new IllegalArgumentException("the unit of time is at least 1 ns, not " + nanos + " ns");
        }
        return new Latencies(everyLink, links, timerSlackNanos, nanos);
    }

    /** How long a message from {@code from} is under way to {@code to}. */
    public Bounds link(NodeId from, NodeId to) {
        Bounds own = links.getOrDefault(from, Collections.emptySortedMap()).get(to);
        if (own != null) {
            return own;
        }
        return from.equals(to) ? new Bounds(0, everyLink.maxNanos()) : everyLink;
    }

    public long timerSlackNanos() {
        return timerSlackNanos;
    }

    public long unitNanos() {
        return unitNanos;
    }
}
