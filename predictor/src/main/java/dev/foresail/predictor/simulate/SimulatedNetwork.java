package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.scenario.Hold;
import dev.foresail.predictor.scenario.LinkFault;
import java.util.List;
import java.util.Optional;

/**
 * Ordered, reliable connections in virtual time, as TCP gives them: a message arrives in order or its connection breaks,
 * which the sender is told after a round trip, or later when the crash was silent. A connection to an earlier incarnation
 * of a node breaks before anything of the new one is delivered. Datagrams go another way ({@link SimulatedDatagrams}). Not thread-safe.
 */
final class SimulatedNetwork<S> {
    /** What a message is taken to weigh on a link with limited bandwidth, but without queues. */
    private static final long MESSAGE_BYTES = 200;

    private final Simulation<S> simulation;
    private final Topology topology;
    private final LinkSampler sampler;
    private final Cuts cuts = new Cuts();
    private final Disturbances<S> disturbances;
    private final SimulatedDatagrams<S> datagrams;
    /** Where messages wait for each other. */
    private final Optional<LinkQueues<S>> queues;

    private final EnvelopeSizes<S> sizes;
    private boolean setsUpConnections;

    SimulatedNetwork(Simulation<S> simulation) {
        this.simulation = simulation;
        this.topology = simulation.settings().topology();
        this.sampler = new LinkSampler(topology);
        this.disturbances = new Disturbances<>(simulation);
        this.queues = topology.hasQueues() ? Optional.of(new LinkQueues<>(simulation)) : Optional.empty();
        this.sizes = new EnvelopeSizes<>(simulation.settings().machine());
        this.datagrams = new SimulatedDatagrams<>(simulation, this);
    }

    /** From now on the first message over a new connection takes a round trip more. */
    void setUpConnections() {
        setsUpConnections = true;
    }

    void send(SimulatedNode<S> from, NodeId to, Envelope envelope) {
        Runnable whenDelivered = simulation.sent(from.id(), to, envelope);
        SimulatedNode<S> target = simulation.node(to);
        if (envelope instanceof Envelope.Payload payload && payload.isDatagram()) {
            if (target != null) {
                datagrams.send(from, target, payload, whenDelivered);
            }
            return;
        }
        if (target == null) {
            from.schedule(LinkSampler.RETRANSMISSION_NANOS, () -> from.runtime().connectionError(to));
            return;
        }
        boolean opens = (setsUpConnections || !cuts.isEmpty())
                && from != target
                && !from.connections().containsKey(to);
        SimulatedNode.Connection connection = from.connectionTo(to, target.incarnation());
        if (!cuts.isEmpty() && isLostInCut(from, target, connection, opens)) {
            return;
        }
        Flight<S> flight = new Flight<>(from, from.incarnation(), target, connection, opens, envelope, whenDelivered);
        if (disturbances.isNone() || !keepsWaiting(flight)) {
            leave(flight);
        }
    }

    /** A connection takes a way there and back: one that is there carries what it can until its ends notice. */
    private boolean isLostInCut(
            SimulatedNode<S> from, SimulatedNode<S> target, SimulatedNode.Connection connection, boolean opens) {
        long nowNanos = simulation.nowNanos();
        boolean there = cuts.isCut(from.id(), target.id(), nowNanos);
        boolean back = cuts.isCut(target.id(), from.id(), nowNanos);
        if (there && back || opens && (there || back)) {
            cutOff(from, target, connection);
        } else if (there) {
            muteOne(from, target, connection);
        }
        return there || opens && back;
    }

    private boolean keepsWaiting(Flight<S> flight) {
        return disturbances.keepsWaiting(
                flight.from(), flight.target(), new Disturbances.Waiting<>(Optional.of(flight), () -> leave(flight)));
    }

    private void leave(Flight<S> flight) {
        SimulatedNode<S> from = flight.from();
        SimulatedNode<S> target = flight.target();
        if (!target.isUp() || target.incarnation() != flight.connection().peerIncarnation) {
            breakLater(from, target, flight.connection(), roundTripNanos(from, target));
            return;
        }
        long setUpNanos = setsUpConnections && flight.opens() ? roundTripNanos(from, target) : 0;
        long fromNanos = Simulation.later(simulation.nowNanos(), setUpNanos);
        if (queues.isPresent()) {
            carryOnceSetUp(queues.get(), flight, fromNanos);
        } else {
            long delayNanos = delayNanos(from, target, MESSAGE_BYTES);
            arriveAt(Simulation.later(fromNanos, delayNanos), flight, delayNanos);
        }
    }

    /** Until a connection is there its messages keep nobody else waiting, and they begin in the order in which they were sent. */
    private void carryOnceSetUp(LinkQueues<S> waiting, Flight<S> flight, long fromNanos) {
        SimulatedNode.Connection connection = flight.connection();
        if (fromNanos > simulation.nowNanos()) {
            connection.setUpAtNanos = Math.max(connection.setUpAtNanos, fromNanos);
        }
        long delayNanos = delayNanos(flight.from(), flight.target(), 0);
        if (connection.setUpAtNanos < simulation.nowNanos()) {
            carry(waiting, flight, delayNanos);
        } else {
            simulation.scheduleOutside(
                    flight.from(), connection.setUpAtNanos, () -> carry(waiting, flight, delayNanos));
        }
    }

    private void carry(LinkQueues<S> waiting, Flight<S> flight, long delayNanos) {
        SimulatedNode<S> from = flight.from();
        SimulatedNode<S> target = flight.target();
        long bytes = sizes.bytes(flight.envelope());
        waiting.carry(from, target, bytes, delayNanos, (uplinkNanos, narrowestNanos) -> {
            from.sentOut(bytes, uplinkNanos);
            target.tookIn(from.id(), bytes, narrowestNanos);
            arriveAt(simulation.nowNanos(), flight, delayNanos);
        });
    }

    private void arriveAt(long arrivalNanos, Flight<S> flight, long delayNanos) {
        if (disturbances.isNone() || !(flight.envelope() instanceof Envelope.Payload)) {
            deliverInOrder(arrivalNanos, flight);
        } else {
            deliverByChance(arrivalNanos, flight, disturbances.fate(flight.from(), flight.target(), delayNanos));
        }
    }

    /** As a datagram. */
    private void deliverByChance(long arrivalNanos, Flight<S> flight, Disturbances.Fate fate) {
        if (fate.isLost()) {
            simulation.trace().fate(flight, "lost");
            return;
        }
        if (fate.isLate()) {
            simulation.trace().fate(flight, "late by " + Trace.seconds(fate.lateNanos()));
            deliverAt(Simulation.later(arrivalNanos, fate.lateNanos()), flight);
        } else {
            deliverInOrder(arrivalNanos, flight);
        }
        if (fate.isDoubled()) {
            simulation.trace().fate(flight, "delivered twice");
            long behindNanos = fate.isLate() ? arrivalNanos : flight.connection().lastArrivalNanos;
            deliverAt(Simulation.later(behindNanos, fate.lateNanos() + fate.doubledAfterNanos()), flight.copy());
        }
    }

    /** What was sent before the nodes had runtimes, and is under way. */
    void underWay(SimulatedNode<S> from, SimulatedNode<S> target, Envelope envelope, long arrivalNanos) {
        SimulatedNode.Connection connection = from.connectionTo(target.id(), target.incarnation());
        deliverInOrder(
                arrivalNanos, new Flight<>(from, from.incarnation(), target, connection, false, envelope, () -> {}));
    }

    private void deliverInOrder(long earliestNanos, Flight<S> flight) {
        SimulatedNode.Connection connection = flight.connection();
        connection.lastArrivalNanos = Math.max(connection.lastArrivalNanos, earliestNanos);
        if (!disturbances.isNone()) {
            disturbances.comes(flight.from(), flight.target(), connection.lastArrivalNanos);
        }
        deliverAt(connection.lastArrivalNanos, flight);
    }

    private void deliverAt(long arrivalNanos, Flight<S> flight) {
        simulation.schedule(flight.from(), flight.target(), arrivalNanos, new Arrival<>(this, flight));
    }

    void comeTo(Flight<S> flight) {
        if (flight.isDatagram()) {
            datagrams.comeTo(flight);
            return;
        }
        SimulatedNode<S> target = flight.target();
        long toIncarnation = flight.connection().peerIncarnation;
        if (target.isUp() && target.incarnation() == toIncarnation) {
            arrive(flight);
        } else if (target.hasSilentlyLost(toIncarnation)
                && !flight.connection().closed
                && !cuts.isCut(target.id(), flight.from().id(), simulation.nowNanos())) {
            breakLater(flight.from(), target, flight.connection(), latencyNanos(target, flight.from()));
        }
    }

    private void arrive(Flight<S> flight) {
        SimulatedNode<S> from = flight.from();
        SimulatedNode<S> target = flight.target();
        long fromIncarnation = flight.fromIncarnation();
        if (!flight.canArrive() || target.brokenIncarnation(from.id()) >= fromIncarnation) {
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
        simulation.trace().delivery(target, from.id(), flight.envelope());
        flight.whenDelivered().run();
        target.runtime().receive(from.id(), flight.envelope());
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
        cuts.add(other.id(), one.id(), untilNanos, noticedAfterNanos);
        for (SimulatedNode<S> at : List.of(one, other)) {
            SimulatedNode<S> peer = at == one ? other : one;
            SimulatedNode.Connection connection = at.connections().get(peer.id());
            if (connection != null) {
                cutOff(at, peer, connection);
            }
        }
    }

    /** Until {@code untilNanos} something is wrong with what one node sends to another. */
    void disturb(LinkFault fault, SimulatedNode<S> from, SimulatedNode<S> to, long untilNanos) {
        if (fault instanceof LinkFault.OneWayCut cut) {
            long noticedAfterNanos = cut.noticedAfter().toNanos();
            simulation.trace().disturbed(from, to, fault.label(), untilNanos, noticedAfterNanos);
            simulation.suspicions().cut(from, to);
            cutOneWay(from, to, untilNanos, noticedAfterNanos);
        } else {
            disturbances.begin(fault, from, to, untilNanos);
        }
    }

    /** Until {@code untilNanos} nothing passes from one node to another: neither messages nor what acknowledges those of the other. */
    private void cutOneWay(SimulatedNode<S> from, SimulatedNode<S> to, long untilNanos, long noticedAfterNanos) {
        cuts.add(from.id(), to.id(), untilNanos, noticedAfterNanos);
        SimulatedNode.Connection here = from.connections().get(to.id());
        if (here != null) {
            muteOne(from, to, here);
        }
        SimulatedNode.Connection there = to.connections().get(from.id());
        if (there != null) {
            there.doomed = true;
            breakAt(to, from, there, simulation.nowNanos() + noticedAfterNanos);
        }
    }

    /** What this end sends is lost, and what it does not acknowledge makes the other end give up too. */
    private void muteOne(SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection) {
        connection.mute = true;
        connection.doomed = true;
        breakAt(at, peer, connection, noticedAtNanos(at, peer));
    }

    /** From now on what one node sends to another waits until it is let go. */
    Hold hold(SimulatedNode<S> from, SimulatedNode<S> to) {
        return new SimulatedHold<>(simulation, from, to, disturbances);
    }

    /** The ways between nodes, to be disturbed. */
    Disturbances<S> disturbances() {
        return disturbances;
    }

    /** Whether heartbeats of one node do not get to another in time. */
    boolean isSilent(SimulatedNode<S> from, SimulatedNode<S> to) {
        return cuts.isCut(from.id(), to.id(), simulation.nowNanos())
                || disturbances.silentUntilNanos(from, to) > simulation.nowNanos();
    }

    /** Until when heartbeats of one node did not get to another in time. */
    long healedAtNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return Math.max(cuts.healedAtNanos(from.id(), to.id()), disturbances.silentUntilNanos(from, to));
    }

    private void cutOff(SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection) {
        connection.closed = true;
        breakAt(at, peer, connection, noticedAtNanos(at, peer));
    }

    private long noticedAtNanos(SimulatedNode<S> at, SimulatedNode<S> peer) {
        long nowNanos = simulation.nowNanos();
        return nowNanos + cuts.noticedAfterNanos(at.id(), peer.id(), nowNanos);
    }

    /** The news of a connection's end goes the way of what its peer sends. */
    private void breakLater(
            SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection, long delayNanos) {
        if (disturbances.isNone() || !keepsWaiting(at, peer, connection, delayNanos)) {
            tell(at, peer, connection, delayNanos);
        }
    }

    private boolean keepsWaiting(
            SimulatedNode<S> at, SimulatedNode<S> peer, SimulatedNode.Connection connection, long delayNanos) {
        Runnable tell = () -> tell(at, peer, connection, disturbances.behindNanos(peer, at, delayNanos));
        return disturbances.keepsWaiting(peer, at, new Disturbances.Waiting<>(Optional.empty(), tell));
    }

    private void tell(
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
            if (connection.doomed) {
                breakBoth(at, peer, connection);
            }
            if (!connection.closed) {
                at.broke(peer, connection.peerIncarnation);
            }
            simulation.suspicions().unlinked(at, peer);
            simulation.trace().broken(at, peer);
            at.runtime().connectionError(peer);
        }
    }

    /** Both ends of a connection that is cut one way give it up at the same time, so that it does not matter whose time comes first. */
    private void breakBoth(SimulatedNode<S> at, NodeId peer, SimulatedNode.Connection connection) {
        SimulatedNode<S> other = simulation.existing(peer);
        if (other.isUp() && other.incarnation() == connection.peerIncarnation) {
            connection.closed = true;
            SimulatedNode.Connection there = other.connections().get(at.id());
            if (there != null && !there.closed && there.peerIncarnation == at.incarnation()) {
                there.closed = true;
                breakAt(other, at, there, simulation.nowNanos());
            }
        }
    }

    private long roundTripNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return latencyNanos(from, to) + latencyNanos(to, from);
    }

    long latencyNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        long usualNanos = topology.latencyNanos(from.endpoint(), to.endpoint(), simulation.nowNanos());
        return disturbances.isNone() ? usualNanos : disturbances.delayedNanos(from, to, usualNanos);
    }

    private long delayNanos(SimulatedNode<S> from, SimulatedNode<S> to, long bytes) {
        long usualNanos =
                sampler.deliveryNanos(from.endpoint(), to.endpoint(), bytes, simulation.nowNanos(), from.world());
        return disturbances.isNone() ? usualNanos : disturbances.delayedNanos(from, to, usualNanos);
    }

    /** Whether nothing passes from one node to another now. */
    boolean isCut(SimulatedNode<S> from, SimulatedNode<S> to) {
        return cuts.isCut(from.id(), to.id(), simulation.nowNanos());
    }

    /** How long a datagram takes that is not lost and finds the link idle; what waits in queues takes it without its bytes. */
    long datagramNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        long bytes = queues.isPresent() ? 0 : MESSAGE_BYTES;
        long usualNanos =
                sampler.delayNanos(from.endpoint(), to.endpoint(), bytes, simulation.nowNanos(), from.world());
        return disturbances.isNone() ? usualNanos : disturbances.delayedNanos(from, to, usualNanos);
    }

    EnvelopeSizes<S> sizes() {
        return sizes;
    }

    /** How long a message takes that finds the link idle, drawn from the sender's stream. */
    static long delayNanos(LinkSampler sampler, int from, int to, long nowNanos, RandomStream world) {
        return sampler.deliveryNanos(from, to, MESSAGE_BYTES, nowNanos, world);
    }

    /** Where messages wait for each other, if they do. */
    Optional<LinkQueues<S>> queues() {
        return queues;
    }

    /** One for all who draw delays: it remembers which links lose a burst. */
    LinkSampler sampler() {
        return sampler;
    }
}
