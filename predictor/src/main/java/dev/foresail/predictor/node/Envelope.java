package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.path.PathTag;
import java.util.List;
import java.util.Optional;

/** What nodes exchange: the protocol's messages and what the runtimes tell each other. Immutable. */
public sealed interface Envelope {
    /** Whether it is part of gathering checkpoints. */
    default boolean isOfCheckpoints() {
        return false;
    }

    /**
     * A message of the protocol.
     *
     * @param sequence its place among all messages from this sender to this receiver over the connection, from 1; 0 of a datagram
     * @param connection the sender's number of the connection, with the first message over it; else 0
     * @param checkpointNumber the sender's checkpoint number when it was sent; a receiver with a lower one takes a forced
     *     checkpoint first (docs/architecture.md, "Checkpoints")
     * @param path what it carries when it is on a causal path
     */
    record Payload(long sequence, long connection, long checkpointNumber, Object message, Optional<PathTag> path)
            implements Envelope {
        /** A message on no path. */
        public Payload(long sequence, long connection, long checkpointNumber, Object message) {
            this(sequence, connection, checkpointNumber, message, Optional.empty());
        }

        /** A message over a connection that has no number, or that is not the first over it. */
        public Payload(long sequence, long checkpointNumber, Object message) {
            this(sequence, 0, checkpointNumber, message);
        }

        /** A message that goes outside of connections, and that nobody counts. */
        public static Payload datagram(long checkpointNumber, Object message, Optional<PathTag> path) {
            return new Payload(0, 0, checkpointNumber, message, path);
        }

        public boolean isDatagram() {
            return sequence == 0;
        }
    }

    /** Asks for the earliest checkpoint with at least {@code number}. */
    record CheckpointRequest(long number) implements Envelope {
        @Override
        public boolean isOfCheckpoints() {
            return true;
        }
    }

    /** Answers a request; {@code requested} is the number that was asked for. */
    record CheckpointAnswer(long requested, Checkpoint<?> checkpoint) implements Envelope {
        @Override
        public boolean isOfCheckpoints() {
            return true;
        }
    }

    /** Refuses a request because the checkpoint was pruned away; {@code current} is the answering node's number. */
    record CheckpointRefused(long requested, long current) implements Envelope {
        @Override
        public boolean isOfCheckpoints() {
            return true;
        }
    }

    /** Asks for every new value of the aggregates. */
    record Subscribe() implements Envelope {}

    /** Ends a subscription. */
    record Unsubscribe() implements Envelope {}

    /**
     * The sender's aggregates.
     *
     * @param received the sequence number of the last message of the receiver that the values have seen
     * @param values one value per aggregate, in the order of {@code Machine.aggregates()}
     */
    record AggregateExport(long received, List<Object> values) implements Envelope {
        public AggregateExport {
            values = List.copyOf(values);
        }
    }

    /**
     * What the sender knows of the stable fields of a node, itself or another one, as far as it may be new to the receiver;
     * goes ahead of all else.
     *
     * @param state a state of the protocol with nothing but its stable fields; whoever holds it must not change it
     */
    record StableFacts(NodeId node, Object state) implements Envelope {}

    /**
     * A path to a violation that the sender has foreseen and that concerns the receiver, who need not believe it.
     *
     * @param path as {@link Steering} writes and reads it
     */
    record Advice(String path) implements Envelope {}
}
