package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what a node sends for gathering checkpoints under so many bytes per second, on the long run, and at once no more
 * than in a second and one frame: what would be beyond waits for its turn, and nobody waits for it. A token bucket that may
 * owe: how long a frame is shows when it leaves, so a frame may go as long as nothing is owed. Until it has left it counts
 * as long as the last of its kind. Not thread-safe.
 */
final class CheckpointBudget {
    /** How many frames may be under way to the connections that are still counted by estimate; they stay counted so. */
    private static final int MOST_UNDER_WAY = 256;

    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Host host;
    private final NodeObserver observer;
    private final RateLimit bytes;
    /** Who came first goes first; empty stands for the node's own rounds. */
    private final Map<Optional<NodeId>, Waiting> waiting = new LinkedHashMap<>();

    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final Map<Class<?>, Integer> lastBytes = new HashMap<>();
    private boolean waking;

    CheckpointBudget(Host host, int bytesPerSecond, NodeObserver observer) {
        this.host = host;
        this.observer = observer;
        this.bytes = new RateLimit(bytesPerSecond, host.nowNanos());
    }

    private record Waiting(Runnable task, long sinceNanos, Duration patience) {}

    private record UnderWay(NodeId to, Envelope envelope, int countedBytes) {}

    /** Runs a task of the node's own now or when there is budget, in place of an earlier one that still waits. */
    void whenAffordable(Runnable task) {
        whenAffordable(Optional.empty(), FOR_EVER, task);
    }

    /**
     * Runs a task for a peer now or when there is budget, in place of an earlier one that still waits.
     *
     * @param patience after so long it is of no use any more, and left out
     */
    void whenAffordable(NodeId peer, Duration patience, Runnable task) {
        whenAffordable(Optional.of(peer), patience, task);
    }

    private void whenAffordable(Optional<NodeId> whose, Duration patience, Runnable task) {
        if (waiting.isEmpty() && bytes.isAnyLeft(host.nowNanos())) {
            task.run();
            return;
        }
        observer.heldBack();
        waiting.put(whose, new Waiting(task, host.nowNanos(), patience));
        wakeLater();
    }

    private void wakeLater() {
        if (!waking && !waiting.isEmpty()) {
            waking = true;
            host.schedule(Math.max(LEAST_WAIT_NANOS, bytes.owedNanos(host.nowNanos())), this::wake);
        }
    }

    private void wake() {
        waking = false;
        while (!waiting.isEmpty() && bytes.isAnyLeft(host.nowNanos())) {
            Iterator<Waiting> first = waiting.values().iterator();
            Waiting next = first.next();
            first.remove();
            if (host.nowNanos() - next.sinceNanos() < next.patience().toNanos()) {
                next.task().run();
            }
        }
        wakeLater();
    }

    /** Sends, and counts it. */
    void send(NodeId to, Envelope envelope) {
        int expected = lastBytes.getOrDefault(envelope.getClass(), 0);
        // Of a host whose frames have no length nothing is expected, and nothing kept.
        if (expected > 0) {
            bytes.take(expected);
            if (underWay.size() == MOST_UNDER_WAY) {
                underWay.removeFirst();
            }
            underWay.addLast(new UnderWay(to, envelope, expected));
        }
        host.send(to, envelope);
    }

    /** An envelope has left; without effect when it is not of checkpoints. */
    void sent(Envelope envelope, int frameBytes) {
        if (!envelope.isOfCheckpoints()) {
            return;
        }
        lastBytes.put(envelope.getClass(), frameBytes);
        Iterator<UnderWay> oldestFirst = underWay.iterator();
        while (oldestFirst.hasNext()) {
            UnderWay one = oldestFirst.next();
            if (one.envelope() == envelope) {
                oldestFirst.remove();
                bytes.take(frameBytes - one.countedBytes());
                return;
            }
        }
        bytes.take(frameBytes);
    }

    /** The connection to the peer is broken: nothing that waits is for it; what was under way may have left. */
    void lost(NodeId peer) {
        waiting.remove(Optional.of(peer));
        underWay.removeIf(one -> one.to().equals(peer));
    }
}
