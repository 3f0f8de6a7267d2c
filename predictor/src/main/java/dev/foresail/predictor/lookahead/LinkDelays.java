package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** Draws how long a message takes over a link, from what the node's network model knows of it, and knows slow nodes. Thread-safe. */
@FunctionalInterface
public interface LinkDelays {
    /** A one-way delay in nanoseconds, at least 0. */
    long sampleNanos(NodeId from, NodeId to, RandomGenerator random);

    /** What is known of a link by now; empty when nothing is, as it always is of a link to oneself. */
    default OptionalDouble figure(NodeId from, NodeId to, LinkFigure figure) {
        return OptionalDouble.empty();
    }

    /** What a {@linkplain dev.foresail.network.provider.LinkProvider provider} says of a link by now, by a name of its own; empty when nobody does. */
    default OptionalDouble provided(NodeId from, NodeId to, String figure) {
        return OptionalDouble.empty();
    }

    /**
     * Draws how long the bytes of a message take over a link that takes one message after the other, in nanoseconds, on top of the delay; 0
     * where nothing is known of it.
     */
    default long transferNanos(NodeId from, NodeId to, long bytes, RandomGenerator random) {
        return 0;
    }

    /** How long the bytes of a message take through a node's own access, which all that it sends goes through; 0 where nothing is known of it. */
    default long uplinkNanos(NodeId node, long bytes) {
        return 0;
    }

    /** How long an event takes a node, in nanoseconds: others wait meanwhile. 0 where nothing is known of it. */
    default long serviceNanos(NodeId node) {
        return 0;
    }
}
