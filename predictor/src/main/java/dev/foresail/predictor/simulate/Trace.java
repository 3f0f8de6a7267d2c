package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import java.util.function.LongSupplier;

/** What has happened in a simulation, as a digest; each kind of happening has a number of its own. Not thread-safe. */
final class Trace<S> {
    private final Machine<S> machine;
    private final LongSupplier nowNanos;
    private final TraceDigest digest = new TraceDigest();

    Trace(Machine<S> machine, LongSupplier nowNanos) {
        this.machine = machine;
        this.nowNanos = nowNanos;
    }

    String digest() {
        return digest.toString();
    }

    private StateWriter begin(SimulatedNode<S> node, int kind) {
        return digest.begin(nowNanos.getAsLong(), node.endpoint(), kind);
    }

    void delivery(SimulatedNode<S> node, NodeId from, Envelope envelope) {
        StateWriter out = begin(node, 1);
        out.writeNodeId(from);
        if (envelope instanceof Envelope.Payload payload) {
            out.writeLong(payload.sequence());
            out.writeLong(payload.checkpointNumber());
            machine.writeMessage(payload.message(), out);
        } else {
            out.writeString(envelope.getClass().getSimpleName());
        }
        if (envelope instanceof Envelope.StableFacts facts) {
            out.writeNodeId(facts.node());
            machine.writeStable(machine.stateType().cast(facts.state()), out);
        }
        digest.end();
    }

    /** A node notices that a connection is broken. */
    void broken(SimulatedNode<S> node, NodeId peer) {
        begin(node, 2).writeNodeId(peer);
        digest.end();
    }

    void alarm(SimulatedNode<S> node) {
        begin(node, 3);
        digest.end();
    }

    /** What is done to a node from outside. */
    void world(SimulatedNode<S> node, String what) {
        begin(node, 4).writeString(what);
        digest.end();
    }

    void decision(SimulatedNode<S> node, Decision decision) {
        begin(node, 5).writeInt(decision.chosen());
        digest.end();
    }

    /** A node suspects a peer. */
    void suspected(SimulatedNode<S> node, NodeId peer) {
        begin(node, 9).writeNodeId(peer);
        digest.end();
    }

    void breakBetween(SimulatedNode<S> one, SimulatedNode<S> other) {
        begin(one, 6).writeNodeId(other.id());
        digest.end();
    }

    void cut(SimulatedNode<S> one, SimulatedNode<S> other, long untilNanos) {
        StateWriter out = begin(one, 7);
        out.writeNodeId(other.id());
        out.writeLong(untilNanos);
        digest.end();
    }

    void pause(SimulatedNode<S> node, long untilNanos) {
        begin(node, 8).writeLong(untilNanos);
        digest.end();
    }
}
