package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/**
 * What carries a node: the simulator's queue or a live event loop. Every method is called on the node's own thread, and
 * every task it is given runs there. No method has a default: whoever wraps a host would lose what it answers.
 */
public interface Host {
    /** Monotonic time in nanoseconds. */
    long nowNanos();

    /**
     * The greatest checkpoint number that any node can have come to honestly by now; about the same at all nodes, and it grows
     * faster than any node takes checkpoints. What claims more is ignored.
     */
    long highestCheckpointNumber();

    /** Grows with every start of the node, at least 0. */
    long incarnation();

    /**
     * Whether what a peer says of the past of other nodes is as good as if they said it themselves. When not, it counts only
     * against events of that peer, or when another says so too, and is not passed on.
     */
    boolean believesRelays();

    /**
     * Sends over the ordered connection to {@code to}, opening one when there is none; {@linkplain Envelope.Payload#isDatagram datagrams} outside of
     * connections. Never blocks.
     */
    void send(NodeId to, Envelope envelope);

    /**
     * Breaks the connection to {@code peer}: what is under way on it is lost, and both ends are told of a connection error,
     * this one not before the method has returned. No effect without a connection, but for the connection error here.
     */
    void breakConnection(NodeId peer);

    /** Whether a failure detector suspects {@code peer} now; where there is none, nobody is suspected. */
    boolean isSuspected(NodeId peer);

    /** Runs {@code task} once after {@code delayNanos}, unless cancelled. */
    Alarm schedule(long delayNanos, Runnable task);

    /** A handler threw; the host logs it, and ends the node when it was told to crash on errors. */
    void handlerFailed(Event event, String state, RuntimeException failure);

    /** An event was turned away by {@link Steering}; of a call, whoever made it is to be told. */
    void turnedAway(Event event);

    /** The text of {@code node.note}. */
    void noted(String text);

    /** A task that is to run. */
    interface Alarm {
        /** Keeps the task from running; no effect when it has run. */
        void cancel();
    }
}
