package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.failure.NodeException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Collections;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's heartbeats: a datagram socket with a thread of its own, which no handler can hold up. The protocol's datagrams go over the same socket. Thread-safe.
 *
 * <p>The detector's clock does not run while its thread does not: a process that was stopped does not take the others for dead
 * when it goes on.
 */
public final class FailureDetector implements SuspicionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FailureDetector.class);
    private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHORTEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Between two ticks; what is beyond waits, so that a flood does not keep this node from being heard. */
    private static final int MOST_DATAGRAMS = 1_000;

    /** Asked of the system, which may give less: a burst of the protocol's datagrams is not to push heartbeats out. */
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** A few come whenever a peer starts and is a moment ahead of its hello, or behind it. */
    private static final long WORTH_REPORTING = 10;

    private final Parts parts;
    private final WatchedPeers peers;
    private final long tickNanos;
    private final long longestStepNanos;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** For the longest datagram that there is. */
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private final Selector selector;
    private final DatagramChannel channel;
    private final Thread thread;
    private volatile SortedSet<NodeId> suspected = Collections.emptySortedSet();
    private volatile boolean closed;
    /** Takes what is no heartbeat; whether it does. */
    private volatile Predicate<byte[]> others = datagram -> false;

    private final LongAdder ignoredOthers = new LongAdder();
    private final LongAdder droppedOthers = new LongAdder();
    private boolean paused;
    private long pausedUntilNanos;
    private long lastNanos;
    private long awakeNanos;
    private long reportedNanos = Long.MIN_VALUE / 2;
    private long reportedIgnored;
    private long reportedDropped;

    /**
     * What a detector is put together from.
     *
     * @param schema of the protocol
     * @param clock monotonic time in nanoseconds
     * @param isUnreachable whether what is sent to a peer now is lost, as an emulated network has it; asked on the detector's
     *     thread
     * @param listener is told what is found, on the detector's thread
     */
    public record Parts(
            FailureDetectorSettings settings,
            long schema,
            NodeId self,
            long incarnation,
            HeartbeatKeys keys,
            LongSupplier clock,
            Predicate<NodeId> isUnreachable,
            SuspicionListener listener) {}

    /**
     * Begins to listen and to send.
     *
     * @param address where datagrams are taken: as the node's connections
     * @throws NodeException FS340 when it cannot
     */
    public FailureDetector(Parts parts, InetSocketAddress address) {
        this.parts = parts;
        WatchedPeers.Local local =
                new WatchedPeers.Local(parts.schema(), parts.self(), parts.incarnation(), parts.keys());
        this.peers = new WatchedPeers(local, parts.settings().silences(), this);
        long heartbeatNanos = parts.settings().silences().heartbeat().toNanos();
        this.tickNanos = Math.max(SHORTEST_TICK_NANOS, Math.min(LONGEST_TICK_NANOS, heartbeatNanos / 4));
        this.longestStepNanos = Math.max(heartbeatNanos, 10 * tickNanos);
        this.lastNanos = parts.clock().getAsLong();
        this.channel = bind(address);
        this.selector = selector(channel, address);
        this.thread = new DefaultThreadFactory("foresail-" + parts.self() + "-heartbeats", true).newThread(this::run);
        thread.start();
    }

    private static DatagramChannel bind(InetSocketAddress address) {
        try {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
                return channel.bind(address);
            } catch (IOException refused) {
                channel.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw cannotListen(address, refused);
        }
    }

    private static Selector selector(DatagramChannel channel, InetSocketAddress address) {
        try {
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return selector;
        } catch (IOException refused) {
            throw cannotListen(address, refused);
        }
    }

    private static NodeException cannotListen(InetSocketAddress address, IOException why) {
        return new NodeException(
                "FS340",
                "cannot take heartbeats on UDP " + address + ": " + why.getMessage()
                        + "; end the program that uses the port, listen on another, or switch failureDetector off",
                why);
    }

    /** A peer has said who it is: from now on it is sent heartbeats, and listened to. */
    public void introduced(Introduction introduction) {
        execute(() -> peers.introduced(introduction, awakeNanos));
    }

    /** The peers that matter to this node from now on. */
    public void interested(Set<NodeId> ofInterest) {
        execute(() -> peers.interested(ofInterest));
    }

    /** For so long from now this node is neither heard nor hears anything, as a stopped process; the last end counts. */
    public void pause(long nanos) {
        long until = parts.clock().getAsLong() + nanos;
        execute(() -> {
            pausedUntilNanos = paused ? Math.max(pausedUntilNanos, until) : until;
            paused = true;
        });
    }

    private void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    public boolean isSuspected(NodeId peer) {
        return suspected.contains(peer);
    }

    @Override
    public void changed(SortedSet<NodeId> now) {
        suspected = now;
        parts.listener().changed(now);
    }

    @Override
    public void suspected(NodeId peer) {
        parts.listener().suspected(peer);
    }

    private void run() {
        try {
            while (!closed) {
                long waitNanos = paused ? Math.max(tickNanos, pausedUntilNanos - now()) : tickNanos;
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos)));
                selector.selectedKeys().clear();
                runTasks();
                if (!isPaused()) {
                    turn();
                }
            }
        } catch (IOException | RuntimeException failure) {
            LOG.error("[FS151] the failure detector of {} cannot go on; nobody hears of it", parts.self(), failure);
        } finally {
            end();
        }
    }

    private long now() {
        return parts.clock().getAsLong();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private boolean isPaused() {
        boolean over = paused && now() - pausedUntilNanos >= 0;
        paused = paused && !over;
        // What comes meanwhile stays in the socket, and does not wake the thread over and over.
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(paused ? 0 : SelectionKey.OP_READ);
        }
        if (over) {
            lastNanos = now();
        }
        return paused;
    }

    private void turn() throws IOException {
        long now = now();
        awakeNanos += Math.min(longestStepNanos, Math.max(0, now - lastNanos));
        lastNanos = now;
        receive();
        peers.tick(awakeNanos, this::send);
        report(now);
    }

    private void receive() throws IOException {
        for (int count = 0; count < MOST_DATAGRAMS; count++) {
            buffer.clear();
            if (channel.receive(buffer) == null) {
                return;
            }
            byte[] datagram = Arrays.copyOf(buffer.array(), buffer.position());
            if (!others.test(datagram)) {
                peers.received(datagram, awakeNanos);
            }
        }
    }

    /** What else comes goes there, if it takes it; asked on the detector's thread, must not block. */
    public void handOn(Predicate<byte[]> taker) {
        others = taker;
    }

    /** Something that was handed on was not what it seemed to be. */
    public void ignored() {
        ignoredOthers.increment();
    }

    /** Something that was handed on was lost, as too much waits already. */
    public void dropped() {
        droppedOthers.increment();
    }

    /** Sends another datagram than a heartbeat from here; one that cannot be sent is lost. */
    public void send(InetSocketAddress to, byte[] datagram) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException lost) {
            LOG.debug("a datagram to {} was not sent", to, lost);
        }
    }

    private void send(NodeId peer, InetSocketAddress to, byte[] heartbeat) {
        if (parts.isUnreachable().test(peer)) {
            return;
        }
        try {
            channel.send(ByteBuffer.wrap(heartbeat), to);
        } catch (IOException lost) {
            LOG.debug("a heartbeat to {} at {} was not sent", peer, to, lost);
        }
    }

    private void report(long now) {
        if (now - reportedNanos <= REPORT_NANOS) {
            return;
        }
        long ignored = peers.ignored() + ignoredOthers.sum();
        if (ignored - reportedIgnored >= WORTH_REPORTING) {
            LOG.warn(
                    "[FS343] {} ignored {} datagrams that are no heartbeats of its peers, nor messages of theirs",
                    parts.self(),
                    ignored - reportedIgnored);
            reportedIgnored = ignored;
            reportedNanos = now;
        }
        long dropped = droppedOthers.sum();
        if (dropped > reportedDropped) {
            LOG.warn(
                    "[FS343] {} lost {} datagrams of its peers, which came faster than it handles them",
                    parts.self(),
                    dropped - reportedDropped);
            reportedDropped = dropped;
            reportedNanos = now;
        }
    }

    private void end() {
        try {
            channel.close();
            selector.close();
        } catch (IOException ignored) {
            // There is nothing left to be lost.
        }
    }

    /** Nothing is sent or told any more, and soon the port is free. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    /** Waits until the port is free. */
    public void awaitEnd(long seconds) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(seconds));
    }
}
