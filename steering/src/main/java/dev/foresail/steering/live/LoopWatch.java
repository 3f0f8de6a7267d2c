package dev.foresail.steering.live;

import dev.foresail.predictor.node.Host;

/** Measures how long an event loop did not get to what was due: a tick that it gives itself. On the event loop only. */
final class LoopWatch {
    private static final long PERIOD_NANOS = 10_000_000L;

    private final Host host;
    private final NodeStatistics statistics;
    private long dueNanos;

    LoopWatch(Host host, NodeStatistics statistics) {
        this.host = host;
        this.statistics = statistics;
    }

    void start() {
        dueNanos = host.nowNanos() + PERIOD_NANOS;
        host.schedule(PERIOD_NANOS, this::tick);
    }

    private void tick() {
        statistics.loopGap(host.nowNanos() - dueNanos);
        start();
    }
}
