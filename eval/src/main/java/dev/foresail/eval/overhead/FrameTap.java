package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.TransportSettings;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sits between a node that plays {@link Rally} and its connections, and takes the time from each serve on its way out to its
 * return on its way in. Outside of the protocol, so that what is measured is no part of the state that steering looks after.
 * The handlers run on the node's event loop; the figures are read by any thread.
 */
final class FrameTap implements LinkConditions {
    private final WireCodec<Rally> codec;
    private final Map<Long, Long> servedAt = new HashMap<>();
    private List<Double> micros = new ArrayList<>();

    FrameTap() {
        RallyMachine machine = new RallyMachine();
        codec = new WireCodec<>(
                machine, BarePair.template(1, ""), RealClock::nanos, TransportSettings.DEFAULT.maxFrameBytes());
    }

    /** The microseconds of the returns that have come since this was asked last. */
    synchronized List<Double> takeMicros() {
        List<Double> taken = micros;
        micros = new ArrayList<>();
        return taken;
    }

    private Optional<Object> message(ByteBuf frame, int from) {
        try {
            byte[] bytes = ByteBufUtil.getBytes(frame, frame.readerIndex() + from, frame.readableBytes() - from);
            Envelope envelope = codec.decode(bytes);
            return envelope instanceof Envelope.Payload payload ? Optional.of(payload.message()) : Optional.empty();
        } catch (WireException difference) {
            // A checkpoint that is told as what has changed since an earlier one: only the peer can read it.
            return Optional.empty();
        }
    }

    private synchronized void goesOut(ByteBuf frame) {
        if (message(frame, Integer.BYTES).orElse(frame) instanceof Rally.Serve serve) {
            servedAt.put(serve.number(), RealClock.nanos());
        }
    }

    private synchronized void comesIn(ByteBuf frame) {
        long nowNanos = RealClock.nanos();
        if (message(frame, 0).orElse(frame) instanceof Rally.Return back) {
            Long served = servedAt.remove(back.number());
            if (served != null) {
                micros.add((nowNanos - served) / 1e3);
            }
        }
    }

    @Override
    public Optional<ChannelHandler> outgoing(NodeId to) {
        return Optional.of(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
                if (message instanceof ByteBuf frame) {
                    goesOut(frame);
                }
                super.write(context, message, promise);
            }
        });
    }

    @Override
    public Optional<ChannelHandler> incoming(NodeId from) {
        return Optional.of(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof ByteBuf frame) {
                    comesIn(frame);
                }
                context.fireChannelRead(message);
            }
        });
    }

    @Override
    public boolean isCut(NodeId peer) {
        return false;
    }

    @Override
    public long noticeDelayNanos(NodeId peer, OptionalLong incarnation, boolean refused) {
        return 0;
    }
}
