package dev.foresail.eval.experiment;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Host;
import org.jspecify.annotations.Nullable;

/**
 * Carries a node whose messages are counted and lost, so that what is measured is the node alone: time stands still, no alarm goes off,
 * nobody is suspected. What a handler throws is passed on. Not thread-safe.
 */
public final class Nowhere implements Host {
    private long sent;
    private @Nullable Envelope last;

    /** How many envelopes the node has sent. */
    public long sent() {
        return sent;
    }

    /** The last of them, for benchmarks that have to use what they make; null before the first. */
    public @Nullable Envelope last() {
        return last;
    }

    @Override
    public long nowNanos() {
        return 0;
    }

    @Override
    public long highestCheckpointNumber() {
        return 1L << 40;
    }

    @Override
    public long incarnation() {
        return 1;
    }

    @Override
    public boolean believesRelays() {
        return true;
    }

    @Override
    public void send(NodeId to, Envelope envelope) {
        sent++;
        last = envelope;
    }

    @Override
    public void breakConnection(NodeId peer) {
        // There is none.
    }

    @Override
    public boolean isSuspected(NodeId peer) {
        return false;
    }

    @Override
    public Alarm schedule(long delayNanos, Runnable task) {
        return () -> {};
    }

    @Override
    public void handlerFailed(Event event, String state, RuntimeException failure) {
        throw failure;
    }

    @Override
    public void turnedAway(Event event) {
        throw new IllegalStateException("nothing is to be turned away: " + event);
    }

    @Override
    public void noted(String text) {
        // Nobody reads it.
    }
}
