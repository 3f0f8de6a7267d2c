package dev.foresail.steering.transport;

import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections are closed, but at most {@value #MAX_LINES} times a minute, so that whoever knocks over and over does
 * not fill the log; the rest is counted. On the event loop only.
 */
// The scheduled task throws nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class Refusals {
    static final int MAX_LINES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final EventLoop loop;
    private int refused;

    Refusals(EventLoop loop) {
        this.loop = loop;
    }

    void log(String code, SocketAddress address, String reason) {
        if (refused == 0) {
            loop.schedule(this::minuteOver, 1, TimeUnit.MINUTES);
        }
        refused++;
        if (refused <= MAX_LINES) {
            LOG.warn("[{}] closed the connection with {}: {}", code, address, reason);
        }
        if (refused == MAX_LINES) {
            LOG.warn("[{}] further connections that are closed within this minute are only counted", code);
        }
    }

    private void minuteOver() {
        if (refused > MAX_LINES) {
            LOG.warn("[FS213] closed {} more connections within a minute", refused - MAX_LINES);
        }
        refused = 0;
    }
}
