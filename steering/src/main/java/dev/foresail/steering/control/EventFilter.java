package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.foresight.Rehearsal;
import dev.foresail.predictor.trace.Trace;
import java.util.Optional;

/**
 * Keeps events of one type and one peer (or one timer, one call) from having effect while they lead to a violation that was
 * foreseen. Whether an event that comes does so is not a matter of its type: the rest of the path is gone along from what
 * the node knows then. On the node's thread only.
 */
public final class EventFilter {
    private final long number;
    private final long installedNanos;
    private final Optional<NodeId> advisor;
    private Danger danger;
    private long expiresNanos;
    private long tests;
    private long hits;

    EventFilter(long number, Danger danger, long installedNanos, long expiresNanos) {
        this.number = number;
        this.danger = danger;
        this.advisor = danger.advisor();
        this.installedNanos = installedNanos;
        this.expiresNanos = expiresNanos;
    }

    /** Numbers the filters of a node, from 1. */
    public long number() {
        return number;
    }

    /** An event such as those that it looks at. */
    public Event event() {
        return danger.event();
    }

    public String property() {
        return danger.property();
    }

    /** The path that was foreseen. */
    public Trace trace() {
        return danger.trace();
    }

    /** Who had told of the path when the filter was put in place; nobody where the node has found it itself. */
    public Optional<NodeId> advisor() {
        return advisor;
    }

    /** When it was put in place, by the node's clock. */
    public long installedNanos() {
        return installedNanos;
    }

    /** When it goes away unless it is found necessary again. */
    public long expiresNanos() {
        return expiresNanos;
    }

    /** How often an event of its type has come. */
    public long tests() {
        return tests;
    }

    /** How often such an event would have led to the violation. */
    public long hits() {
        return hits;
    }

    Danger danger() {
        return danger;
    }

    boolean looksAt(Event event) {
        return Rehearsal.areAlike(event, danger.event());
    }

    boolean isFor(Danger other) {
        return danger.property().equals(other.property()) && looksAt(other.event());
    }

    void renew(Danger latest, long untilNanos) {
        danger = latest;
        expiresNanos = untilNanos;
    }

    void tested(boolean isHit) {
        tests++;
        if (isHit) {
            hits++;
        }
    }
}
