package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What has happened in a simulation, as a digest; each kind of happening has a number of its own. Not thread-safe. */
final class Trace<S> {
    /** What is told of faults of nodes that are always the same. */
    private static final Map<String, String> TOLD = Map.of(
            "crash", "crashes",
            "restart", "comes back with its durable fields",
            "restart anew", "comes back with nothing",
            "silent reset", "has lost everything and starts anew; nobody is told");

    private final Machine<S> machine;
    private final LongSupplier nowNanos;
    private final boolean isPlain;
    private final TraceDigest digest = new TraceDigest();
    private @Nullable FaultListener faults;

    Trace(Machine<S> machine, LongSupplier nowNanos) {
        this.machine = machine;
        this.nowNanos = nowNanos;
        this.isPlain = PlainNodes.isPlain(machine);
    }

    /** Is told from now on what goes wrong from outside. */
    void tellFaults(FaultListener listener) {
        faults = listener;
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

    /** Something goes wrong with a node from outside, or right again. */
    void fault(SimulatedNode<S> node, String what) {
        fault(node, what, TOLD.getOrDefault(what, ""));
    }

    /** @param told as {@link FaultListener#atNode} wants it; empty when nobody need know */
    void fault(SimulatedNode<S> node, String what, String told) {
        world(node, what);
        if (faults != null && !told.isEmpty()) {
            faults.atNode(node.id(), told);
        }
    }

    /** What chance has in store for a message, which is seen later in what arrives and what does not. */
    void fate(Flight<S> flight, String what) {
        if (faults != null && flight.envelope() instanceof Envelope.Payload payload) {
            faults.toMessage(flight.from().id(), flight.target().id(), what, payload.message());
        }
    }

    private String lasting(long untilNanos) {
        return "for " + seconds(untilNanos - nowNanos.getAsLong());
    }

    static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
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
        between(one, other, "the connection %s breaks");
        between(other, one, "the connection %s breaks");
    }

    void cut(SimulatedNode<S> one, SimulatedNode<S> other, long untilNanos) {
        StateWriter out = begin(one, 7);
        out.writeNodeId(other.id());
        out.writeLong(untilNanos);
        digest.end();
        if (faults != null) {
            String told = "nothing passes %s " + lasting(untilNanos);
            between(one, other, told);
            between(other, one, told);
        }
    }

    void pause(SimulatedNode<S> node, long untilNanos) {
        begin(node, 8).writeLong(untilNanos);
        digest.end();
        if (faults != null) {
            faults.atNode(node.id(), "is paused " + lasting(untilNanos));
        }
    }

    /** Something is wrong from now on with what a node sends to another, or to all when both are the same; or not any more. */
    void disturbed(SimulatedNode<S> from, SimulatedNode<S> to, String how, long untilNanos, long figure) {
        StateWriter out = begin(from, 20);
        out.writeNodeId(to.id());
        out.writeString(how);
        out.writeLong(untilNanos);
        out.writeLong(figure);
        digest.end();
        if (faults != null && from == to) {
            faults.atNode(from.id(), "is clogged: what is sent to it and from it waits " + lasting(untilNanos));
        } else if (faults != null) {
            between(from, to, onWay(how, untilNanos));
        }
    }

    private void between(SimulatedNode<S> from, SimulatedNode<S> to, String told) {
        if (faults != null) {
            faults.between(from.id(), to.id(), told);
        }
    }

    private String onWay(String how, long untilNanos) {
        return switch (how) {
            case "one-way cut" -> "nothing passes %s " + lasting(untilNanos);
            case "clog" -> "what is sent %s waits " + lasting(untilNanos);
            case "delay spike" -> "what is sent %s takes longer " + lasting(untilNanos);
            case "loss" -> "messages %s may be lost " + lasting(untilNanos);
            case "duplicating" -> "messages %s may come twice " + lasting(untilNanos);
            case "unordered" -> "messages %s may be overtaken " + lasting(untilNanos);
            case "hold" -> "what is sent %s is held";
            case "release next" -> "of what is held %s one message leaves";
            case "release" -> "what is held %s leaves";
            case "drop" -> "what is held %s is dropped, with the connection";
            default -> throw new IllegalArgumentException(how);
        };
    }
}
