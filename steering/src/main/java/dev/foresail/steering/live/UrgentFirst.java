package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.transport.TransportListener;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where what has been received waits for its turn, so that urgent messages go first. On the event loop.
 *
 * <p>Idea: what the loop reads is put aside, and handled a few at a time, once in each turn of the loop: in between it reads what has come meanwhile, and timers go off. What
 * came over one connection keeps its order: an urgent message goes ahead only when nothing else of its connection waits. When a connection ends, what waits of its peer is
 * handled before anybody is told. When too much waits, it is handled where it is read, as if this were not there, so that peers are slowed down.
 */
final class UrgentFirst implements TransportListener {
    /** So many may wait until reading has to wait for them. */
    static final int MOST_WAITING = 1 << 12;

    /** So much, as it was on the wire. */
    static final long MOST_WAITING_BYTES = 16L << 20;

    /** So many are handled until the loop looks at its connections again. */
    private static final int AT_ONCE = 16;

    private final Machine<?> machine;
    private final Executor turns;
    private final TransportListener handler;
    private final Deque<Received> urgent = new ArrayDeque<>();
    private final Deque<Received> usual = new ArrayDeque<>();
    /** Of each peer how much waits of what came over the connection and is not urgent, or waits behind such. */
    private final Map<NodeId, Integer> ordered = new HashMap<>();

    private long waitingBytes;
    private boolean scheduled;

    private UrgentFirst(Machine<?> machine, Executor turns, TransportListener handler) {
        this.machine = machine;
        this.turns = turns;
        this.handler = handler;
    }

    /**
     * What to tell instead of a handler: itself where the protocol has no urgent messages.
     *
     * @param turns runs a task on the loop, after it has looked at its connections and timers again
     */
    static TransportListener before(TransportListener handler, Machine<?> machine, Executor turns) {
        return machine.hasUrgentMessages() ? new UrgentFirst(machine, turns, handler) : handler;
    }

    /** Each turn of an event loop. */
    // What is scheduled has a listener that catches what it throws.
    @SuppressWarnings("FutureReturnValueIgnored")
    static Executor turnsOf(EventLoop loop) {
        // Of its tasks the loop runs those too that are added meanwhile; of its timers only those that were due before.
        return task -> loop.schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    /**
     * Something that waits.
     *
     * @param isOrdered whether it keeps what comes behind it over the connection waiting
     */
    private record Received(NodeId from, boolean isOrdered, Envelope envelope, int frameBytes) {}

    @Override
    public void introduced(Introduction introduction) {
        handler.introduced(introduction);
    }

    @Override
    public void sent(Envelope envelope, int frameBytes) {
        handler.sent(envelope, frameBytes);
    }

    @Override
    public void received(NodeId from, Envelope envelope, int frameBytes) {
        boolean datagram = LiveDatagrams.isDatagram(envelope);
        boolean first = envelope instanceof Envelope.Payload payload
                && machine.isUrgent(payload.message())
                && (datagram || !ordered.containsKey(from));
        add(new Received(from, !first && !datagram, envelope, frameBytes), first ? urgent : usual);
    }

    @Override
    public void breaking(NodeId peer) {
        List<Received> ofPeer = Stream.concat(urgent.stream(), usual.stream())
                .filter(waiting -> waiting.from.equals(peer))
                .toList();
        urgent.removeIf(waiting -> waiting.from.equals(peer));
        usual.removeIf(waiting -> waiting.from.equals(peer));
        ofPeer.forEach(this::handle);
        handler.breaking(peer);
    }

    @Override
    public void connectionError(NodeId peer) {
        handler.connectionError(peer);
    }

    @Override
    public void unusedLinkBroken(NodeId peer) {
        handler.unusedLinkBroken(peer);
    }

    private void add(Received received, Deque<Received> queue) {
        queue.addLast(received);
        waitingBytes += received.frameBytes;
        if (received.isOrdered) {
            ordered.merge(received.from, 1, Integer::sum);
        }
        while (urgent.size() + usual.size() > MOST_WAITING || waitingBytes > MOST_WAITING_BYTES) {
            handleNext();
        }
        schedule();
    }

    private void schedule() {
        if (scheduled) {
            return;
        }
        try {
            turns.execute(this::handleSome);
            scheduled = true;
        } catch (RejectedExecutionException ended) {
            urgent.clear();
            usual.clear();
            ordered.clear();
            waitingBytes = 0;
        }
    }

    private void handleSome() {
        scheduled = false;
        for (int handled = 0; handled < AT_ONCE && hasWaiting(); handled++) {
            handleNext();
        }
        if (hasWaiting()) {
            schedule();
        }
    }

    private boolean hasWaiting() {
        return !urgent.isEmpty() || !usual.isEmpty();
    }

    private void handleNext() {
        handle(urgent.isEmpty() ? usual.removeFirst() : urgent.removeFirst());
    }

    /** Handles what has been taken from where it waited. */
    private void handle(Received next) {
        waitingBytes -= next.frameBytes;
        if (next.isOrdered) {
            ordered.computeIfPresent(next.from, (peer, count) -> count == 1 ? null : count - 1);
        }
        handler.received(next.from, next.envelope, next.frameBytes);
    }
}
