package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.Envelope;
import java.util.List;

/**
 * Ordered, reliable connections in virtual time, as TCP gives them: a message arrives in order or its connection breaks,
 * which the sender is told after a round trip, or later when the crash was silent. A connection to an earlier incarnation
 * of a node breaks before anything of the new one is delivered. Not thread-safe.
 */
final class SimulatedNetwork<S> {
    /** What a message is taken to weigh on a link with limited bandwidth. */
    private static final long MESSAGE_BYTES = 200;

    private final Simulation<S> simulation;
    private final Topology topology;
    private final LinkSampler sampler;
    private final Cuts cuts = new Cuts();

    SimulatedNetwork(Simulation<S> simulation) {
        this.simulation = simulation;
        this.topology = simulation.settings().topology();
        this.sampler = new LinkSampler(topology);
    }

    void send(SimulatedNode<S> from, NodeId to, Envelope envelope) {
        Runnable whenDelivered = simulation.sent(from.id(), to, envelope);
        SimulatedNode<S> target = simulation.node(to);
        if (target == null) {
            from.schedule(LinkSampler.RETRANSMISSION_NANOS, () -> from.runtime().connectionError(to));
            return;
        }
        SimulatedNode.Connection connection = from.connectionTo(to, target.incarnation());
        if (cuts.isCut(from.id(), to, simulation.nowNanos())) {
            cutOff(from, target, connection);
            return;
        }
        if (!target.isUp() || target.incarnation() != connection.peerIncarnation) {
            breakLater(from, target, connection, roundTripNanos(from, target));
            return;
        }
        deliverAt(simulation.nowNanos() + delayNanos(from, target), from, target, connection, envelope, whenDelivered);
    }

    /** What was sent before the nodes had runtimes, and is under way. */
    void underWay(SimulatedNode<S> from, SimulatedNode<S> target, Envelope envelope, long arrivalNanos) {
        SimulatedNode.Connection connection = from.connectionTo(target.id(), target.incarnation());
        deliverAt(arrivalNanos, from, target, connection, envelope, () -> {});
    }

    private void deliverAt(
            long earliestNanos,
            SimulatedNode<S> from,
            SimulatedNode<S> target,
            SimulatedNode.Connection connection,
            Envelope envelope,
            Runnable whenDelivered) {
        long arrival = Math.max(connection.lastArrivalNanos, earliestNanos);
        connection.lastArrivalNanos = arrival;
        long fromIncarnation = from.incarnation();
        long toIncarnation = target.incarnation();
        simulation.schedule(from, target, arrival, () -> {
            if (target.isUp() && target.incarnation() == toIncarnation) {
                arrive(from, fromIncarnation, target, connection, envelope, whenDelivered);
            } else if (target.hasSilentlyLost(toIncarnation) && !connection.closed) {
                breakLater(from, target, connection, latencyNanos(target, from));
            }
        });
    }

    private void arrive(
            SimulatedNode<S> from,
            long fromIncarnation,
            SimulatedNode<S> target,
            SimulatedNode.Connection sentOver,
            Envelope envelope,
            Runnable whenDelivered) {
        if (sentOver.closed || target.brokenIncarnation(from.id()) >= fromIncarnation) {
            return;
        }
        SimulatedNode.Connection before = target.connections().get(from.id());
        if (before != null && (before.closed || before.peerIncarnation < fromIncarnation)) {
            breakNow(target, from.id(), before);
        }
        if (!target.isUp()) {
            return;
        }
        // Told of the break, the target may have opened a connection to a still later incarnation already.
        SimulatedNode.Connection connection = target.connectionTo(from.id(), fromIncarnation);
        if (connection.peerIncarnation != fromIncarnation) {
            return;
        }
        if (!from.isUp() || from.incarnation() != fromIncarnation) {
            breakLater(target, from, connection, latencyNanos(from, target));
        }
        simulation.suspicions().met(target, from, fromIncarnation);
        simulation.trace().delivery(target, from.id(), envelope);
        whenDelivered.run();
        target.runtime().receive(from.id(), envelope);
    }

    /** A node has crashed: its peers notice when the news, or their own time-outs, reach them. */
    void crashed(SimulatedNode<S> node) {
        for (SimulatedNode<S> peer : simulation.allNodes()) {
            SimulatedNode.Connection connection = peer.connections().get(node.id());
            boolean cut = cuts.isCut(node.id(), peer.id(), simulation.nowNanos());
            if (peer.isUp() && connection != null && connection.peerIncarnation == node.incarnation() && !cut) {
                breakLater(peer, node, connection, latencyNanos(node, peer));
            }
        }
    }

    /** One end breaks a connection while both nodes are up: what is under way is lost, and the other end hears of it. */
    void breakFrom(SimulatedNode<S> at, NodeId peer) {
        at.disconnected(peer).ifPresent(here -> here.closed = true);
        SimulatedNode<S> other = simulation.node(peer);
        SimulatedNode.Connection there =
                other == null ? null : other.connections().get(at.id());
        if (other != null && there != null && other.isUp() && there.peerIncarnation == at.incarnation()) {
            there.closed = true;
            if (!cuts.isCut(at.id(), peer, simulation.nowNanos())) {
                breakLater(other, at, there, latencyNanos(at, other));
            }
        }
        simulation.suspicions().unlinked(at, peer);
        simulation.trace().broken(at, peer);
        at.runtime().connectionError(peer);
    }

    /** The connection breaks by itself, while both nodes are up: each end hears of it as if from the other. */
    void breakBetween(SimulatedNode<S> one, SimulatedNode<S> other) {
        for (SimulatedNode<S> at : List.of(one, other)) {
            SimulatedNode<S> peer = at == one ? other : one;
            SimulatedNode.Connection connection = at.connections().get(peer.id());
            if (connection != null && !connection.closed) {
                connection.closed = true;
                breakLater(at, peer, connection, latencyNanos(peer, at));
            }
        }
    }

    /** Until {@code untilNanos} nothing passes between two nodes. */
    void cut(SimulatedNode<S> one, SimulatedNode<S> other, long untilNanos, long noticedAfterNanos) {
        cuts.add(one.id(), other.id(), untilNanos, noticedAfterNanos);
        for (SimulatedNode<S> at : List.of(one, other)) {
            SimulatedNode<S> peer = at == one ? other : one;
            SimulatedNode.Connection connection = at.connections().get(peer.id());
            if (connection != null) {
                cutOff(at, peer, connection);
            }
        }
    }

    boolean isCut(NodeId one, NodeId other) {
        return cuts.isCut(one, other, simulation.nowNanos());
    }

    /** When the last cut between two nodes ends or ended. */
    long healedAtNanos(NodeId one, NodeId other) {
        return cuts.healedAtNanos(one, other);
    }

    private void cutOff(SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection) {
        connection.closed = true;
        breakAt(at, peer, connection, simulation.nowNanos() + cuts.noticedAfterNanos(at.id(), peer.id()));
    }

    private void breakLater(
            SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection, long delayNanos) {
        long earliest = peer.isUp() ? 0 : peer.noticedFromNanos(at);
        breakAt(at, peer, connection, Math.max(simulation.nowNanos() + delayNanos, earliest));
    }

    private void breakAt(
            SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection, long breakAtNanos) {
        if (connection.breakAtNanos <= breakAtNanos) {
            return;
        }
        connection.breakAtNanos = breakAtNanos;
        long atIncarnation = at.incarnation();
        simulation.schedule(at, breakAtNanos, () -> {
            if (at.isUp() && at.incarnation() == atIncarnation) {
                breakNow(at, peer.id(), connection);
            }
        });
    }

    private void breakNow(SimulatedNode<S> at, NodeId peer, SimulatedNode.Connection connection) {
        if (at.connections().get(peer) == connection) {
            at.disconnected(peer);
            if (!connection.closed) {
                at.broke(peer, connection.peerIncarnation);
            }
            simulation.suspicions().unlinked(at, peer);
            simulation.trace().broken(at, peer);
            at.runtime().connectionError(peer);
        }
    }

    private long roundTripNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return latencyNanos(from, to) + latencyNanos(to, from);
    }

    long latencyNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return topology.latencyNanos(from.endpoint(), to.endpoint(), simulation.nowNanos());
    }

    private long delayNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return delayNanos(sampler, from.endpoint(), to.endpoint(), simulation.nowNanos(), from.world());
    }

    /** How long a message takes that finds the link idle, drawn from the sender's stream. */
    static long delayNanos(LinkSampler sampler, int from, int to, long nowNanos, RandomStream world) {
        return sampler.deliveryNanos(from, to, MESSAGE_BYTES, nowNanos, world);
    }

    /** One for all who draw delays: it remembers which links lose a burst. */
    LinkSampler sampler() {
        return sampler;
    }
}
