package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrual;
import dev.foresail.network.measure.PhiAccrualSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The failure detectors of simulated nodes, for a protocol that handles suspicions; for others there are none. Heartbeats are no
 * events: in virtual time they come regularly, so when a silent peer will be suspected is known as soon as the crash, pause or
 * cut begins that silences it. Nothing is drawn, so that the rest of the world stays as it is. Not thread-safe.
 *
 * <p>As on a live node, a peer is watched once something was exchanged with it, and until a minute after the connection is gone,
 * unless the protocol names it as a neighbour; only the start of the peer that was met is heard; and while the watching node is
 * paused, its detector's time stands still.
 */
final class Suspicions<S> {
    /** How long a peer is watched that is neither connected nor a neighbour. */
    private static final long LINGER_NANOS = 60_000_000_000L;

    private final Simulation<S> simulation;
    private final boolean handled;
    private final int window;
    private final long heartbeatNanos;
    /** Regular heartbeats. */
    private final PhiAccrual regular;
    /** After how long a silence a peer is suspected that has sent one heartbeat, two, and so on. */
    private final List<Long> suspectedAfterNanos = new ArrayList<>();

    Suspicions(Simulation<S> simulation, PhiAccrualSettings settings) {
        this.simulation = simulation;
        this.handled = simulation.settings().machine().handlesSuspicions();
        this.window = settings.window();
        this.heartbeatNanos = settings.heartbeat().toNanos();
        this.regular = new PhiAccrual(settings);
    }

    /** Something that {@code from} has sent arrives, so each has heard who the other is. */
    void met(SimulatedNode<S> at, SimulatedNode<S> from, long fromIncarnation) {
        if (handled && at != from) {
            watch(at, from, fromIncarnation);
            if (from.isUp() && from.incarnation() == fromIncarnation) {
                watch(from, at, at.incarnation());
            }
        }
    }

    private void watch(SimulatedNode<S> at, SimulatedNode<S> peer, long peerIncarnation) {
        PeerWatch before = at.watches().get(peer.id());
        if (before != null && before.peerIncarnation == peerIncarnation) {
            before.unlinkedAtNanos = Long.MAX_VALUE;
            return;
        }
        PeerWatch watch = new PeerWatch(peerIncarnation, simulation.nowNanos());
        at.watch(peer.id(), watch);
        if (!isHeard(at, peer, watch)) {
            watch.pausedBeforeNanos = at.pausedNanos();
            checkAt(at, peer, watch, dueNanos(at, watch));
        }
    }

    /** A node has noticed that its connection to a peer is gone. */
    void unlinked(SimulatedNode<S> at, NodeId peer) {
        PeerWatch watch = at.watches().get(peer);
        if (watch != null) {
            watch.unlinkedAtNanos = Math.min(watch.unlinkedAtNanos, simulation.nowNanos());
        }
    }

    /** A node is about to be paused or to end, and sends no more heartbeats; what it has sent is on its way. */
    void silent(SimulatedNode<S> node) {
        for (NodeId id : node.watches().keySet()) {
            SimulatedNode<S> peer = simulation.existing(id);
            silenced(peer, node, simulation.nowNanos());
        }
    }

    /** Nothing is about to pass from one node to another; what is under way is lost. */
    void cut(SimulatedNode<S> from, SimulatedNode<S> to) {
        silenced(to, from, simulation.nowNanos() - latencyNanos(from, to));
    }

    /** What one node sends to another is about to be late or lost; what is under way arrives. */
    void delayed(SimulatedNode<S> from, SimulatedNode<S> to) {
        silenced(to, from, simulation.nowNanos());
    }

    /** What is sent from a node and to it is about to be late. */
    void clogged(SimulatedNode<S> node) {
        for (NodeId id : node.watches().keySet()) {
            SimulatedNode<S> peer = simulation.existing(id);
            delayed(node, peer);
            delayed(peer, node);
        }
    }

    /** @param lastSentNanos when a heartbeat of the peer could be sent last that is heard */
    private void silenced(SimulatedNode<S> at, SimulatedNode<S> peer, long lastSentNanos) {
        PeerWatch watch = at.watches().get(peer.id());
        if (watch == null || !at.isUp() || !isHeard(at, peer, watch)) {
            return;
        }
        long regularly = lastSentNanos - Math.floorMod(lastSentNanos - peer.bootedAtNanos(), heartbeatNanos);
        // One that wakes up sends what is due at once.
        long sent = Math.max(regularly, Math.min(lastSentNanos, peer.beatingSinceNanos()));
        if (sent >= simulation.network().healedAtNanos(peer, at)) {
            watch.lastHeardNanos = Math.max(watch.lastHeardNanos, sent + latencyNanos(peer, at));
        }
        watch.pausedBeforeNanos = at.pausedNanos();
        watch.suspected = false;
        checkAt(at, peer, watch, dueNanos(at, watch));
    }

    private long latencyNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        return simulation.network().latencyNanos(from, to);
    }

    private boolean isHeard(SimulatedNode<S> at, SimulatedNode<S> peer, PeerWatch watch) {
        return peer.isUp()
                && peer.incarnation() == watch.peerIncarnation
                && !peer.isPaused()
                && !simulation.network().isSilent(peer, at);
    }

    private void checkAt(SimulatedNode<S> at, SimulatedNode<S> peer, PeerWatch watch, long nanos) {
        long checkedBy = at.incarnation();
        simulation.schedule(at, Math.max(simulation.nowNanos(), nanos), () -> {
            if (at.isUp() && at.incarnation() == checkedBy && at.watches().get(peer.id()) == watch) {
                check(at, peer, watch);
            }
        });
    }

    private void check(SimulatedNode<S> at, SimulatedNode<S> peer, PeerWatch watch) {
        if (watch.suspected || isHeard(at, peer, watch)) {
            return;
        }
        long dueNanos = dueNanos(at, watch);
        if (simulation.nowNanos() < dueNanos) {
            checkAt(at, peer, watch, dueNanos);
        } else if (isOfInterest(at, peer.id(), watch)) {
            watch.suspected = true;
            simulation.trace().suspected(at, peer.id());
            at.runtime().suspected(peer.id());
        } else {
            at.unwatch(peer.id());
        }
    }

    private boolean isOfInterest(SimulatedNode<S> at, NodeId peer, PeerWatch watch) {
        return watch.unlinkedAtNanos > simulation.nowNanos() - LINGER_NANOS
                || at.runtime().declaredNeighbours().contains(peer);
    }

    /** When the peer is suspected that is not heard meanwhile, as far as the watching node is not paused. */
    private long dueNanos(SimulatedNode<S> at, PeerWatch watch) {
        long heartbeats = (watch.lastHeardNanos - watch.metAtNanos) / heartbeatNanos;
        return watch.lastHeardNanos + suspectedAfterNanos(heartbeats) + at.pausedNanos() - watch.pausedBeforeNanos;
    }

    private long suspectedAfterNanos(long heartbeats) {
        while (suspectedAfterNanos.size() <= Math.min(heartbeats, window)) {
            regular.heartbeat(suspectedAfterNanos.size() * heartbeatNanos);
            suspectedAfterNanos.add(regular.suspectedAfterNanos());
        }
        return suspectedAfterNanos.get((int) Math.min(heartbeats, window));
    }

    boolean isSuspected(SimulatedNode<S> at, NodeId id) {
        PeerWatch watch = at.watches().get(id);
        return watch != null && watch.suspected && !isHeard(at, simulation.existing(id), watch);
    }
}
