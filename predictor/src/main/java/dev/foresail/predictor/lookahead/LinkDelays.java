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

    /** How long an event takes a node, in nanoseconds: others wait meanwhile. 0 where nothing is known of it. */
    default long serviceNanos(NodeId node) {
        return 0;
    }
}
