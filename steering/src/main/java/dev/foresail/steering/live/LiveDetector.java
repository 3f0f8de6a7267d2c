package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.FailureDetector;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.detector.SuspicionListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The failure detector of a live node, where it has one. On the event loop, but for what is said to be otherwise. */
final class LiveDetector {
    private final boolean used;
    /** Who has said who it is before there was a detector. */
    private final List<Introduction> early = new ArrayList<>();

    private volatile Optional<FailureDetector> detector = Optional.empty();
    private boolean started;

    LiveDetector(boolean used) {
        this.used = used;
    }

    boolean isUsed() {
        return used;
    }

    /** Begins to take heartbeats; not on the event loop, before {@link #start}. */
    void listen(LiveParts<?> parts, HeartbeatKeys keys, SuspicionListener listener, InetSocketAddress address) {
        if (!used) {
            return;
        }
        FailureDetector.Parts own = new FailureDetector.Parts(
                parts.configuration().failureDetector(),
                parts.machine().schema(),
                parts.configuration().self(),
                parts.incarnation(),
                keys,
                parts.surroundings().clock(),
                parts.surroundings().conditions()::losesDatagrams,
                listener);
        detector = Optional.of(new FailureDetector(own, address));
    }

    /** Whatever is no heartbeat goes there; on any thread. */
    void handOn(Predicate<byte[]> taker) {
        detector.ifPresent(running -> running.handOn(taker));
    }

    /** On any thread. */
    void send(InetSocketAddress to, byte[] datagram) {
        detector.ifPresent(running -> running.send(to, datagram));
    }

    /** What was handed on was not what it seemed; on any thread. */
    void ignored() {
        detector.ifPresent(FailureDetector::ignored);
    }

    /** What was handed on was lost, as too much waits; on any thread. */
    void dropped() {
        detector.ifPresent(FailureDetector::dropped);
    }

    void start() {
        started = true;
        detector.ifPresent(running -> early.forEach(running::introduced));
        early.clear();
    }

    void introduced(Introduction introduction) {
        if (started) {
            detector.ifPresent(running -> running.introduced(introduction));
        } else if (used) {
            early.add(introduction);
        }
    }

    /** These peers matter to the node itself from now on. */
    void interested(NodeId self, Collection<NodeId> neighbours, Collection<NodeId> connected) {
        Set<NodeId> peers = new HashSet<>(neighbours);
        peers.addAll(connected);
        peers.remove(self);
        detector.ifPresent(running -> running.interested(peers));
    }

    /** On any thread. */
    boolean isSuspected(NodeId peer) {
        return detector.filter(running -> running.isSuspected(peer)).isPresent();
    }

    /** On any thread. */
    void pause(long nanos) {
        detector.ifPresent(running -> running.pause(nanos));
    }

    /** On any thread. */
    void close() {
        detector.ifPresent(FailureDetector::close);
    }

    /** Waits until the port is free; not on the event loop. */
    void awaitEnd(long seconds) throws InterruptedException {
        Optional<FailureDetector> ended = detector;
        if (ended.isPresent()) {
            ended.get().awaitEnd(seconds);
        }
    }
}
