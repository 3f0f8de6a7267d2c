package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import java.util.random.RandomGenerator;

/** Draws how long a message takes over a link, from what the node's network model knows of it. Thread-safe. */
@FunctionalInterface
public interface LinkDelays {
    /** A one-way delay in nanoseconds, at least 0. */
    long sampleNanos(NodeId from, NodeId to, RandomGenerator random);
}
