package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.logging.LimitedLog;

/** What people are told of peers, and of code, that do what they had better not. On the event loop only. */
final class LiveWarnings {
    private final NodeId self;
    private final LimitedLog log;
    private final NodeStatistics statistics;

    LiveWarnings(NodeId self, LimitedLog log, NodeStatistics statistics) {
        this.self = self;
        this.log = log;
        this.statistics = statistics;
    }

    LimitedLog log() {
        return log;
    }

    /** See {@link dev.foresail.predictor.node.NodeObserver#limited}. */
    void limited(NodeId peer) {
        statistics.checkpointsLimited();
        log.warnOnce(
                "FS335",
                peer,
                () -> self + ": " + peer
                        + " asks for, or forces, more checkpoints in a second than a peer may; ignored what is beyond");
    }

    /** See {@link dev.foresail.predictor.node.NodeObserver#doubted}. */
    void doubted(NodeId peer, String reason) {
        statistics.checkpointsDoubted();
        log.warnOnce("FS336", peer, () -> self + ": ignored a checkpoint of " + peer + " that cannot be: " + reason);
    }

    /** See {@link dev.foresail.predictor.node.NodeObserver#neighboursUnanswered}. */
    void neighboursUnanswered(String protocol, RuntimeException failure) {
        log.warnOnce(
                "FS269",
                "neighbours",
                () -> self + ": the @Neighbours method of " + protocol + " fails: " + failure
                        + "; those that it named last count as its neighbours");
    }
}
