package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import java.util.List;
import java.util.function.LongSupplier;

/** What has happened in a simulation, as a digest; each kind of happening has a number of its own. Not thread-safe. */
final class Trace<S> {
    private final Machine<S> machine;
    private final LongSupplier nowNanos;
    private final boolean isPlain;
    private final TraceDigest digest = new TraceDigest();

    Trace(Machine<S> machine, LongSupplier nowNanos) {
        this.machine = machine;
        this.nowNanos = nowNanos;
        this.isPlain = PlainNodes.isPlain(machine);
    }

    String digest() {
        return digest.toString();
    }

    /** The digest of what this and others have been told. */
    String digestWith(List<Trace<S>> others) {
        TraceDigest sum = new TraceDigest();
        sum.add(digest);
        others.forEach(other -> sum.add(other.digest));
        return sum.toString();
    }

    /** From now on this has been told what another one was. */
    void add(Trace<S> other) {
        digest.add(other.digest);
    }

    /** What all that it was told adds up to. */
    long sum() {
        return digest.sum();
    }

    /** From now on this has been told what others somewhere else were. */
    void add(long otherSum) {
        digest.add(otherSum);
    }

    private StateWriter begin(SimulatedNode<S> node, int kind) {
        return begin(node.endpoint(), kind);
    }

    private StateWriter begin(int endpoint, int kind) {
        return digest.begin(nowNanos.getAsLong(), endpoint, kind);
    }

    /** A message of a plain protocol arrives, which nothing tells from others over the same connection. */
    void delivery(int endpoint, NodeId from, Object message) {
        StateWriter out = begin(endpoint, 1);
        out.writeNodeId(from);
        machine.writeMessage(message, out);
        digest.end();
    }

    void delivery(SimulatedNode<S> node, NodeId from, Envelope envelope) {
        if (isPlain && envelope instanceof Envelope.Payload payload) {
            delivery(node.endpoint(), from, payload.message());
            return;
        }
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

    void alarm(int endpoint) {
        begin(endpoint, 3);
        digest.end();
    }

    /** What is done to a node from outside. */
    void world(SimulatedNode<S> node, String what) {
        world(node.endpoint(), what);
    }

    void world(int endpoint, String what) {
        begin(endpoint, 4).writeString(what);
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

    /** Something is wrong from now on with what a node sends to another, or to all when both are the same; or not any more. */
    void disturbed(SimulatedNode<S> from, SimulatedNode<S> to, String how, long untilNanos, long figure) {
        StateWriter out = begin(from, 20);
        out.writeNodeId(to.id());
        out.writeString(how);
        out.writeLong(untilNanos);
        out.writeLong(figure);
        digest.end();
    }
}
