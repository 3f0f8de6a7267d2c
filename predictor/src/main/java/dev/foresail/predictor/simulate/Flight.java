package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Envelope;

/**
 * What one start of a node sends to one start of another.
 *
 * @param connection the sender's side; of a datagram one that nobody else knows
 * @param opens whether the connection begins with this
 * @param whenDelivered is run before the receiver handles it
 */
record Flight<S>(
        SimulatedNode<S> from,
        long fromIncarnation,
        SimulatedNode<S> target,
        SimulatedNode.Connection connection,
        boolean opens,
        Envelope envelope,
        Runnable whenDelivered) {
    boolean isDatagram() {
        return envelope instanceof Envelope.Payload payload && payload.isDatagram();
    }

    /** Whether the connection still carries it. */
    boolean canArrive() {
        return !connection.closed && !connection.mute;
    }

    /** The same once more, which nobody waits for. */
    Flight<S> copy() {
        return new Flight<>(from, fromIncarnation, target, connection, opens, envelope, () -> {});
    }
}
