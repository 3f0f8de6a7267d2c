package dev.foresail.eval.overhead;

import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.SocketKind;
import dev.foresail.steering.transport.TransportSettings;
import dev.foresail.steering.wire.WireCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one would write without Foresail: two ends that exchange the frames of {@link Rally} over one connection, with Netty and
 * Kryo and nothing else. The same codec, frames, socket options and one event loop each; flushes are
 * consolidated; no checkpoints, no copies, no statistics.
 */
final class BarePair implements Contestant {
    /** What the names of the event loops begin with. */
    static final String LOOP = "bare-";

    private static final long PATIENCE_SECONDS = 10;
    /** As the nodes that it is compared with have by default. */
    private static final SocketKind SOCKETS = SocketKind.choose(TransportSettings.DEFAULT.io());

    private final int window;
    private final String text;
    private final MultiThreadIoEventLoopGroup firstGroup = group(LOOP + "first");
    private final MultiThreadIoEventLoopGroup secondGroup = group(LOOP + "second");
    private final List<BareEnd> ends;
    private final Channel listening;

    BarePair(int window, String text) {
        this.window = window;
        this.text = text;
        BareEnd first = end();
        BareEnd second = end();
        ends = List.of(first, second);
        listening = new ServerBootstrap()
                .group(secondGroup, secondGroup)
                .channel(SOCKETS.accepting())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline(second))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        new Bootstrap()
                .group(firstGroup)
                .channel(SOCKETS.connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(pipeline(first))
                .connect(listening.localAddress())
                .syncUninterruptibly();
        ends.forEach(BareEnd::awaitConnection);
    }

    private static MultiThreadIoEventLoopGroup group(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), SOCKETS.handlers());
    }

    private BareEnd end() {
        WireCodec<Rally> codec = new WireCodec<>(
                new RallyMachine(),
                template(window, text),
                RealClock::nanos,
                TransportSettings.DEFAULT.maxFrameBytes());
        return new BareEnd(codec, window, text);
    }

    /** A state that lends its configuration to states from the wire. */
    static Rally template(int window, String text) {
        return new Rally(window, 1, Duration.ofMillis(1), text);
    }

    private static ChannelHandler pipeline(BareEnd end) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                int longest = TransportSettings.DEFAULT.maxFrameBytes() + Integer.BYTES;
                channel.pipeline()
                        .addLast(new FlushConsolidationHandler(256, true))
                        .addLast(new LengthFieldBasedFrameDecoder(longest, 0, Integer.BYTES, 0, Integer.BYTES))
                        .addLast(end);
            }
        };
    }

    @Override
    public void begin() {
        ends.forEach(BareEnd::begin);
    }

    @Override
    public void pause() {
        ends.forEach(BareEnd::pause);
    }

    @Override
    public long messages() {
        return ends.stream().mapToLong(BareEnd::messages).sum();
    }

    @Override
    public void close() {
        Future<?> first = firstGroup.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
        Future<?> second = secondGroup.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
        first.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
        second.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
