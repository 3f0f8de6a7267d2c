package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What {@link Steering} may ask of the node that it steers, on the node's thread.
 *
 * @param <S> the protocol's state
 */
public interface SteeredNode<S> {
    NodeId self();

    /** The state itself, to be read only. */
    S state();

    /** Monotonic time in nanoseconds. */
    long nowNanos();

    /**
     * Itself as it is now, with the neighbours' checkpoints of rounds that have ended, which are older. Answers of a round under way
     * are never among them, also where predictions rest on those: one early answer would hide all whom it contradicts.
     */
    Snapshot<S> roundSnapshot();

    /**
     * Itself and its neighbours at one consistent cut: as they were when the last round of gathering checkpoints was begun.
     * A neighbour that did not answer is there with an earlier checkpoint where that does not contradict the others; else
     * it is left out. Empty before the first round has ended.
     */
    Optional<Snapshot<S>> consistentSnapshot();

    /**
     * The neighbours' checkpoints of the last round, as far as they make one consistent set with this node once it has handled
     * the event: none as soon as a message has come that was sent behind that cut, as its sender may have heard from anybody. Read-only.
     */
    default SortedMap<NodeId, Checkpoint<S>> consistentWhenHandling(Event event) {
        return Collections.emptySortedMap();
    }

    /**
     * How long this thread has been busy with gathering checkpoints, the neighbours' rounds included. Whoever looks ahead adds
     * what that takes of this thread.
     */
    BusyTime gatheringTime();

    /** Starts a round of gathering the neighbours' checkpoints soon, unless steering does not look ahead. */
    void gatherSoon();

    /**
     * What is known of the stable fields of all nodes, whatever became of them, this one's own past included: for each a
     * state with nothing but its stable fields. Whatever happened before this event is known. Read-only; a live view.
     */
    default SortedMap<NodeId, S> stableFacts() {
        return Collections.emptySortedMap();
    }

    /**
     * What each peer has said of other nodes' stable fields, by peer and node, where that is not believed ({@link
     * Host#believesRelays}); else empty, and part of {@link #stableFacts}. Read-only; a live view.
     */
    default SortedMap<NodeId, SortedMap<NodeId, S>> stableClaims() {
        return Collections.emptySortedMap();
    }

    /**
     * Tells the steering of a peer of a path to a violation, where there is a connection to the peer.
     *
     * @return whether there is
     */
    default boolean advise(NodeId peer, String path) {
        return false;
    }

    /** Runs {@code task} once after {@code delayNanos}, unless cancelled or the node ends. */
    Host.Alarm schedule(long delayNanos, Runnable task);
}
