package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrual;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.steering.wire.WireException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers that a node exchanges heartbeats with: those that have introduced themselves, as long as either side is interested in
 * the other, and a minute longer. One that was never heard is not suspected: datagrams may not pass.
 * Not thread-safe; all times are of one clock that stands still while this node does.
 */
final class WatchedPeers {
    static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** After so many heartbeats' time without a first one it is said that none comes. */
    private static final int UNHEARD_HEARTBEATS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(FailureDetector.class);

    private final Local local;
    private final PhiAccrualSettings settings;
    private final SuspicionListener listener;
    private final SortedMap<NodeId, Watched> peers = new TreeMap<>();
    private Set<NodeId> ofInterest = Set.of();
    private SortedSet<NodeId> suspected = Collections.emptySortedSet();
    private long sequence;
    private long nextBeatNanos;
    private long ignored;

    WatchedPeers(Local local, PhiAccrualSettings settings, SuspicionListener listener) {
        this.local = local;
        this.settings = settings;
        this.listener = listener;
    }

    /** Who a node is to its peers. */
    record Local(long schema, NodeId self, long incarnation, HeartbeatKeys keys) {}

    /** Takes what is to be sent. */
    interface Outlet {
        void send(NodeId peer, InetSocketAddress to, byte[] heartbeat);
    }

    private final class Watched {
        private final PhiAccrual silences = new PhiAccrual(settings);
        private final long sinceNanos;
        private Introduction introduction;
        private long lastWantedNanos;
        private long lastHeardNanos;
        private long lastSequence;
        private boolean toldUnheard;
        /** It is to hear of this node at once. */
        private boolean isNew = true;

        Watched(Introduction introduction, long nowNanos) {
            this.introduction = introduction;
            this.sinceNanos = nowNanos;
            this.lastWantedNanos = nowNanos;
        }

        boolean isHeard() {
            return lastSequence > 0;
        }
    }

    /** A peer has said who it is; a later start of it is a new peer. One without a detector is not watched. */
    void introduced(Introduction introduction, long nowNanos) {
        NodeId peer = introduction.peer();
        if (introduction.key().equals(HeartbeatKey.NONE)) {
            peers.remove(peer);
            withdraw(peer);
            return;
        }
        Watched known = peers.get(peer);
        boolean same = known != null
                && known.introduction.incarnation() == introduction.incarnation()
                && known.introduction.key().equals(introduction.key());
        if (known != null && same) {
            known.introduction = introduction;
            known.lastWantedNanos = nowNanos;
        } else {
            peers.put(peer, new Watched(introduction, nowNanos));
            withdraw(peer);
        }
    }

    /** The peers that matter to this node from now on. */
    void interested(Set<NodeId> changed) {
        ofInterest = Set.copyOf(changed);
    }

    /** A datagram has come, from wherever. */
    void received(byte[] datagram, long nowNanos) {
        Heartbeat heartbeat;
        try {
            heartbeat = Heartbeat.decode(datagram);
        } catch (WireException malformed) {
            ignored++;
            return;
        }
        Watched from = peers.get(heartbeat.from());
        if (from == null || !isNext(heartbeat, from) || !Heartbeat.isAuthentic(datagram, from.introduction.key())) {
            ignored++;
            return;
        }
        from.lastSequence = heartbeat.sequence();
        from.lastHeardNanos = nowNanos;
        from.silences.heartbeat(nowNanos);
        if (heartbeat.wanted()) {
            from.lastWantedNanos = nowNanos;
        }
        if (suspected.contains(heartbeat.from())) {
            LOG.info("{} hears of {} again", local.self(), heartbeat.from());
            withdraw(heartbeat.from());
        }
    }

    private boolean isNext(Heartbeat heartbeat, Watched from) {
        return heartbeat.schema() == local.schema()
                && heartbeat.to().equals(local.self())
                && heartbeat.incarnation() == from.introduction.incarnation()
                && heartbeat.sequence() > from.lastSequence;
    }

    /** Sends what is due, and judges silences. To be called often, after everything that has come was received. */
    void tick(long nowNanos, Outlet outlet) {
        boolean beat = nowNanos >= nextBeatNanos;
        if (beat) {
            nextBeatNanos = nowNanos + settings.heartbeat().toNanos();
        }
        for (Iterator<Watched> all = peers.values().iterator(); all.hasNext(); ) {
            Watched watched = all.next();
            NodeId peer = watched.introduction.peer();
            if (ofInterest.contains(peer)) {
                watched.lastWantedNanos = nowNanos;
            } else if (nowNanos - watched.lastWantedNanos > LINGER_NANOS) {
                all.remove();
                withdraw(peer);
                continue;
            }
            if (beat || watched.isNew) {
                watched.isNew = false;
                send(watched, outlet);
            }
            judge(watched, nowNanos);
        }
    }

    private void send(Watched watched, Outlet outlet) {
        sequence++;
        NodeId peer = watched.introduction.peer();
        Heartbeat heartbeat = new Heartbeat(
                local.schema(), local.self(), peer, local.incarnation(), sequence, ofInterest.contains(peer));
        outlet.send(
                peer,
                watched.introduction.address(),
                heartbeat.encode(local.keys().of(peer)));
    }

    private void judge(Watched watched, long nowNanos) {
        NodeId peer = watched.introduction.peer();
        if (!watched.isHeard()) {
            sayIfNeverHeard(watched, nowNanos);
        } else if (!suspected.contains(peer) && watched.silences.isSuspected(nowNanos)) {
            LOG.warn(
                    "[FS342] {} suspects {}: no heartbeat for {} ms",
                    local.self(),
                    peer,
                    TimeUnit.NANOSECONDS.toMillis(nowNanos - watched.lastHeardNanos));
            SortedSet<NodeId> more = new TreeSet<>(suspected);
            more.add(peer);
            change(more);
            listener.suspected(peer);
        }
    }

    private void sayIfNeverHeard(Watched watched, long nowNanos) {
        long patienceNanos = settings.acceptablePause().toNanos()
                + UNHEARD_HEARTBEATS * settings.heartbeat().toNanos();
        if (!watched.toldUnheard && nowNanos - watched.sinceNanos > patienceNanos) {
            watched.toldUnheard = true;
            LOG.warn(
                    "[FS341] {} has never heard a heartbeat of {}, and will not suspect it; let UDP datagrams from {} pass",
                    local.self(),
                    watched.introduction.peer(),
                    watched.introduction.address());
        }
    }

    private void withdraw(NodeId peer) {
        if (suspected.contains(peer)) {
            SortedSet<NodeId> fewer = new TreeSet<>(suspected);
            fewer.remove(peer);
            change(fewer);
        }
    }

    private void change(SortedSet<NodeId> changed) {
        suspected = Collections.unmodifiableSortedSet(changed);
        listener.changed(suspected);
    }

    /** How many datagrams were no heartbeats of a peer for this node, or came twice. */
    long ignored() {
        return ignored;
    }

    /** How many peers are watched. */
    int size() {
        return peers.size();
    }
}
