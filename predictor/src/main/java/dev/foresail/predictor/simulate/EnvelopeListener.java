package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;

/**
 * Follows what nodes send to the places where it arrives, as a harness does that has to know what happened before what. On the
 * simulation's thread.
 */
@FunctionalInterface
public interface EnvelopeListener {
    /**
     * An envelope is sent: a protocol's message, or what the runtimes tell each other.
     *
     * @return run once when the envelope is delivered, just before the receiver takes it; never when it is lost
     */
    Runnable sent(NodeId from, NodeId to, Envelope envelope);
}
