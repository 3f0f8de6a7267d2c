package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.OneLine;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a peer's runtime does that it should not, told in the log at most once a minute for each peer and kind, so that it
 * does not fill the log; the rest is counted. On the event loop only.
 */
final class PeerWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final NodeId self;
    private final LongSupplier clock;
    private final NodeStatistics statistics;
    private final SortedMap<String, Long> lastNanos = new TreeMap<>();

    PeerWarnings(NodeId self, LongSupplier clock, NodeStatistics statistics) {
        this.self = self;
        this.clock = clock;
        this.statistics = statistics;
    }

    void limited(NodeId peer) {
        statistics.checkpointsLimited();
        if (isNews("limited " + peer)) {
            LOG.warn(
                    "[FS335] {}: {} asks for, or forces, more checkpoints in a second than a peer may; ignored what is beyond",
                    self,
                    peer);
        }
    }

    void doubted(NodeId peer, String reason) {
        statistics.checkpointsDoubted();
        if (isNews("doubted " + peer)) {
            LOG.warn("[FS336] {}: ignored a checkpoint of {} that cannot be: {}", self, peer, reason);
        }
    }

    void adviceRefused(NodeId peer, String reason) {
        statistics.lookingAhead().refused();
        if (isNews("refused " + peer)) {
            LOG.warn(
                    "[FS304] {}: {} advises of no path that this node could go along: {}",
                    self,
                    peer,
                    OneLine.of(reason, LimitedLog.MAX_CHARACTERS));
        }
    }

    void adviceLimited(NodeId peer) {
        statistics.lookingAhead().refused();
        if (isNews("advises " + peer)) {
            LOG.warn(
                    "[FS305] {}: {} advises more often in a minute than a peer may; ignored what is beyond",
                    self,
                    peer);
        }
    }

    private boolean isNews(String what) {
        long now = clock.getAsLong();
        Long last = lastNanos.get(what);
        if (last != null && now - last < SILENCE_NANOS) {
            return false;
        }
        // Else whoever comes under ever other names fills the memory.
        lastNanos.values().removeIf(nanos -> now - nanos >= SILENCE_NANOS);
        lastNanos.put(what, now);
        return true;
    }
}
