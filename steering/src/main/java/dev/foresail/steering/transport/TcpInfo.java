package dev.foresail.steering.transport;

import dev.foresail.network.measure.TransportFigures;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What Linux says of a connection. Netty's own reader stops before the counts of segments, so the bytes are read here; what an older kernel,
 * or one that only looks like Linux, does not fill in is 0.
 *
 * <p>Source: struct tcp_info in include/uapi/linux/tcp.h, to which is only ever appended; see RFC 4898 for the counts.
 */
final class TcpInfo {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int BYTES = 224;
    private static final int LAST_ACK_RECEIVED_MILLIS = 56;
    private static final int ROUND_TRIP_MICROS = 68;
    private static final int VARIATION_MICROS = 72;
    private static final int RETRANSMISSIONS = 100;
    private static final int LEAST_MICROS = 148;
    private static final int DATA_SEGMENTS_SENT = 156;
    private static final int DUPLICATES_REPORTED = 216;
    /** The least round trip before there was one. */
    private static final long NONE = 0xFFFF_FFFFL;

    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("FORESAIL_TCP_INFO", IPPROTO_TCP, TCP_INFO, BYTES);

    private final Channel channel;

    private TcpInfo(Channel channel) {
        this.channel = channel;
    }

    /** Of a connection that epoll serves; empty for others. */
    static Optional<TcpInfo> of(Channel channel) {
        return channel instanceof EpollSocketChannel ? Optional.of(new TcpInfo(channel)) : Optional.empty();
    }

    /**
     * Asks the kernel; on the event loop.
     *
     * @return counts since the connection began; empty when it is closed
     * @throws ChannelException when the kernel does not answer
     */
    Optional<TransportFigures> read() {
        if (!channel.isActive()) {
            return Optional.empty();
        }
        ByteBuffer info = channel.config().getOption(OPTION);
        return Optional.of(figures(info.order(ByteOrder.nativeOrder())));
    }

    static TransportFigures figures(ByteBuffer info) {
        long least = number(info, LEAST_MICROS);
        return new TransportFigures(
                number(info, ROUND_TRIP_MICROS),
                number(info, VARIATION_MICROS),
                least == NONE ? 0 : least,
                number(info, DATA_SEGMENTS_SENT),
                // Of what came twice the first was not lost.
                Math.max(0, number(info, RETRANSMISSIONS) - number(info, DUPLICATES_REPORTED)),
                number(info, LAST_ACK_RECEIVED_MILLIS));
    }

    private static long number(ByteBuffer info, int at) {
        return Integer.toUnsignedLong(info.getInt(at));
    }
}
