package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * An event on a path, as its node handled it. Immutable.
 *
 * @param path the path's first event
 * @param name the path's declared name
 * @param id of this event
 * @param cause what led to it; empty of the first event
 * @param from who sent the message; empty of other events
 * @param event what it is, as {@code Event.kind} names it
 * @param receivedNanos when the node first looked at it
 * @param handledNanos when its handler ran, or the event was over without one; not before {@code receivedNanos}
 * @param outcome what became of it
 * @param ends whether the path ends with it, so that nothing that it causes is on the path
 * @param sent the messages that its handler sent on the path
 */
public record PathHop(
        HopId path,
        String name,
        HopId id,
        Optional<Cause> cause,
        Optional<NodeId> from,
        String event,
        long receivedNanos,
        long handledNanos,
        Outcome outcome,
        boolean ends,
        List<Sent> sent) {
    public PathHop {
        sent = List.copyOf(sent);
    }

    /**
     * What led to an event.
     *
     * @param hop the event whose handler sent the message or set the timer
     * @param place which of the things that it caused, from 0
     * @param sentNanos when it was sent or set
     */
    public record Cause(HopId hop, int place, long sentNanos) {}

    /**
     * A message on the path.
     *
     * @param place which of the things that the handler caused, from 0
     * @param message what it is, as {@code Event.kind} names it
     */
    public record Sent(int place, NodeId to, String message) {}

    /** What becomes of an event. */
    public enum Outcome {
        /** A handler ran. */
        HANDLED("handled"),
        /** No handler took it. */
        DROPPED("dropped"),
        /** The handler threw. */
        FAILED("failed"),
        /** Steering kept it from having effect. */
        TURNED_AWAY("turned away"),
        /** A handler ran, but the path is followed no further: it is {@link PathRecorder#MOST_DEEP} events long. */
        CUT("cut");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** As files and people see it. */
        public String label() {
            return label;
        }
    }

    public NodeId node() {
        return id.node();
    }

    /** Whether it is a message of another node. */
    public boolean isFromAnother() {
        return from.isPresent() && !from.get().equals(node());
    }

    /** From the sending of the message, or the setting of the timer, until it was handled; 0 of the first event. */
    public long takenNanos() {
        return cause.map(led -> Math.max(0, handledNanos - led.sentNanos())).orElse(0L);
    }
}
