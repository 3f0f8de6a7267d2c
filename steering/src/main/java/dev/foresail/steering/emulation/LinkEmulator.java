package dev.foresail.steering.emulation;

import dev.foresail.network.topology.LinkSampler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds back what is written as a wide-area link would: a queue for the link's rate, latency, jitter, and a retransmission
 * for every loss; where the topology has queues, also those of the accesses at both ends, which connections share. Frames keep their order. Deterministic given the draws and the times of writing. One per connection; used
 * on its event loop, but for {@link #partitionChanged} and {@link #reset}.
 *
 * <p>As over TCP, a frame that the link has taken has left, for its sender: the promise of its write succeeds, and only a
 * reset can lose it. A link takes {@link #QUEUE_BYTES} besides what is travelling; with more under way it pushes back. Then
 * frames wait with the sender, their promises undone, and nothing is lost.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LinkEmulator extends ChannelOutboundHandlerAdapter {
    /** How much Linux lets the socket of a connection keep, by default (the most of tcp_wmem). */
    static final long QUEUE_BYTES = 4L << 20;

    private final EmulatedLink link;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long heldBytes;
    private volatile Optional<ChannelHandlerContext> added = Optional.empty();
    private final BooleanSupplier partitioned;
    private final Runnable whenFailing;
    private Optional<Future<?>> failure = Optional.empty();
    private boolean cut;
    private boolean scheduled;
    private boolean dropped;
    private long freeAtNanos = Long.MIN_VALUE;
    private long lastArrivalNanos = Long.MIN_VALUE;
    private long notBeforeNanos = Long.MIN_VALUE;

    /**
     * The emulator of one connection.
     *
     * @param partitioned whether nothing gets through now; asked on the event loop
     * @param whenFailing run on the event loop when the link fails by its topology's script; is to break the connection
     */
    public LinkEmulator(EmulatedLink link, BooleanSupplier partitioned, Runnable whenFailing) {
        this.link = link;
        this.partitioned = partitioned;
        this.whenFailing = whenFailing;
    }

    /** With the sender, as the link takes no more. */
    private record Waiting(Object frame, int bytes, ChannelPromise promise) {}

    /** Taken by the link: first it is due at the receiver's access, then in the receiver. */
    private static final class Held {
        private final Object frame;
        private final int bytes;
        private long dueNanos;
        private boolean comesIn;

        Held(Object frame, int bytes, long dueNanos) {
            this.frame = frame;
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    /**
     * The link may have been partitioned or healed: it is looked at soon. Before the emulator is part of a connection there
     * is no need to say so. Thread-safe.
     */
    public void partitionChanged() {
        OnItsLoop.run(added, this::drain);
    }

    /** Whether nothing gets through; what a healed link has held back is sent again, as TCP does. */
    private boolean isCut(ChannelHandlerContext context) {
        boolean now = partitioned.getAsBoolean();
        if (cut && !now) {
            notBeforeNanos = nowNanos(context) + Math.max(LinkSampler.RETRANSMISSION_NANOS, link.roundTripNanos());
        }
        cut = now;
        return now;
    }

    /** Resets the connection. Thread-safe. */
    public void reset() {
        OnItsLoop.reset(added);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // In this order, no change is missed: either this sees it, or the one who makes it sees the context.
        added = Optional.of(context);
        cut = partitioned.getAsBoolean();
        context.channel().closeFuture().addListener(closed -> {
            dropAll();
            failure.ifPresent(expected -> expected.cancel(false));
            failure = Optional.empty();
            // Whoever can still name the link shall not keep the node that the connection was of.
            added = Optional.empty();
        });
        expectFailure(context);
    }

    private void expectFailure(ChannelHandlerContext context) {
        OptionalLong left = link.failsInNanos();
        if (left.isPresent()) {
            failure = Optional.of(
                    context.executor().schedule(() -> failIfDue(context), left.getAsLong(), TimeUnit.NANOSECONDS));
        }
    }

    /** The link's clock need not be the event loop's. */
    private void failIfDue(ChannelHandlerContext context) {
        if (link.failsInNanos().orElse(Long.MAX_VALUE) == 0) {
            whenFailing.run();
        } else {
            expectFailure(context);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropAll();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        waiting.add(new Waiting(message, bytes, promise));
        drain(context);
    }

    /** One that finds the link empty is taken however long it is. */
    private void takeWhatFits(ChannelHandlerContext context) {
        while (!waiting.isEmpty()
                && (held.isEmpty() || heldBytes + waiting.element().bytes() <= QUEUE_BYTES + link.travellingBytes())) {
            Waiting first = waiting.removeFirst();
            long readyNanos = link.readyNanos(nowNanos(context), first.bytes());
            freeAtNanos = Math.max(readyNanos, freeAtNanos) + link.transferNanos(first.bytes());
            long comesNanos = freeAtNanos - link.aheadNanos(first.bytes()) + link.delayNanos();
            lastArrivalNanos = Math.max(lastArrivalNanos, comesNanos);
            held.add(new Held(first.frame(), first.bytes(), lastArrivalNanos));
            heldBytes += first.bytes();
            first.promise().trySuccess();
        }
    }

    private void drain(ChannelHandlerContext context) {
        takeWhatFits(context);
        if (isCut(context)) {
            return;
        }
        long now = nowNanos(context);
        boolean wrote = false;
        while (!held.isEmpty() && dueNanos() <= now) {
            Held first = held.element();
            if (first.comesIn) {
                held.removeFirst();
                heldBytes -= first.bytes;
                context.write(first.frame);
                takeWhatFits(context);
                wrote = true;
            } else {
                first.comesIn = true;
                first.dueNanos = link.inNanos(dueNanos(), first.bytes);
            }
        }
        if (wrote) {
            context.flush();
        }
        if (!held.isEmpty() && !scheduled) {
            scheduled = true;
            context.executor()
                    .schedule(
                            () -> {
                                scheduled = false;
                                drain(context);
                            },
                            dueNanos() - now,
                            TimeUnit.NANOSECONDS);
        }
    }

    private long dueNanos() {
        return Math.max(notBeforeNanos, held.element().dueNanos);
    }

    private static long nowNanos(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    /** Whether the connection ended with something under way; on its event loop. */
    boolean hasDropped() {
        return dropped;
    }

    private void dropAll() {
        dropped |= !held.isEmpty();
        while (!held.isEmpty()) {
            ReferenceCountUtil.release(held.removeFirst().frame);
        }
        heldBytes = 0;
        while (!waiting.isEmpty()) {
            Waiting last = waiting.removeFirst();
            ReferenceCountUtil.release(last.frame());
            last.promise().tryFailure(new ClosedChannelException());
        }
    }
}
