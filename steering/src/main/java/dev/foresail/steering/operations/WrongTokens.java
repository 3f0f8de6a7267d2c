package dev.foresail.steering.operations;

import dev.foresail.steering.logging.LimitedLog;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has shown wrong tokens within a minute: it is in the log, and an address that has shown many is not listened to for the
 * rest of the minute. On the event loop of the {@link OperationsServer} only.
 */
// The scheduled task throws nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class WrongTokens {
    /** More than somebody makes mistakes. */
    static final int MOST = 10;

    /** An attacker with more addresses is in the log all the same. */
    static final int MOST_ADDRESSES = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

    private final String name;
    private final EventExecutor loop;
    private final LimitedLog log;
    private final Map<InetAddress, Integer> counts = new HashMap<>();

    /** @param name who is asked, such as {@code foresail-n1-operations} */
    WrongTokens(String name, EventExecutor loop) {
        this.name = name;
        this.loop = loop;
        this.log = new LimitedLog(LOG, loop);
    }

    /** Whether the address has shown so many that its next one is not looked at. */
    boolean areTooMany(InetAddress from) {
        return counts.getOrDefault(from, 0) >= MOST;
    }

    void shown(InetAddress from, String path) {
        log.warn("FS353", () -> name + ": " + from.getHostAddress() + " has shown a wrong token for " + path);
        if (counts.size() == MOST_ADDRESSES && !counts.containsKey(from)) {
            return;
        }
        if (counts.isEmpty()) {
            loop.schedule(counts::clear, 1, TimeUnit.MINUTES);
        }
        counts.merge(from, 1, Integer::sum);
    }
}
