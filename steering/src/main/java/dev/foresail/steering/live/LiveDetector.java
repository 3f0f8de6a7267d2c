package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.FailureDetector;
import dev.foresail.steering.detector.Introduction;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    void listen(FailureDetector.Parts parts, InetSocketAddress address) {
        if (used) {
            detector = Optional.of(new FailureDetector(parts, address));
        }
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

    void interested(Set<NodeId> peers) {
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
