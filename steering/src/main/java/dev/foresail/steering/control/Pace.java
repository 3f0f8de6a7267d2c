package dev.foresail.steering.control;

import dev.foresail.predictor.node.RateLimit;
import dev.foresail.predictor.node.SteeredNode;

/**
 * When a node looks at whether its state has changed, and when it looks ahead again.
 *
 * <p>Three limits: the interval; a share of the processor, which a look ahead uses up on other threads; and so many microseconds
 * per second of the node's own thread, which gathering checkpoints and all that comes of it use up, the neighbours' rounds
 * included. The last is what messages wait for: without it a node whose state changes all the time pauses for half a millisecond
 * or more ten times a second, and the 99th percentile of how long its messages take doubles. A node whose state changes
 * seldom never comes to it. The price is that between two looks more happens that only the {@link ImmediateSafetyCheck} sees.
 *
 * <p>On the node's thread only.
 */
final class Pace {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int WHOLE = 100;
    /** No look is held back for longer because of what earlier ones took of the node's thread. */
    private static final int MOST_SECONDS = 2;

    private final SteeringSettings settings;
    private final SteeredNode<?> node;
    private final RateLimit loopNanos;
    private long countedNanos;
    private long watchedNanos = Long.MIN_VALUE / 2;
    private long notBeforeNanos = Long.MIN_VALUE / 2;

    Pace(SteeringSettings settings, SteeredNode<?> node) {
        this.settings = settings;
        this.node = node;
        this.loopNanos =
                RateLimit.perSecond((double) NANOS_PER_MICRO * settings.loopMicrosPerSecond(), node.nowNanos());
        this.countedNanos = node.gatheringTime().nanos();
    }

    /** How long until the node is to look at whether its state has changed. */
    long untilWatchNanos() {
        long now = node.nowNanos();
        long busyNanos = node.gatheringTime().nanos();
        loopNanos.takeForgiving((double) (busyNanos - countedNanos), MOST_SECONDS, now);
        countedNanos = busyNanos;
        long earliest = Math.max(watchedNanos + settings.interval().toNanos(), notBeforeNanos);
        return Math.max(loopNanos.owedNanos(now), Math.max(0, earliest - now));
    }

    /** It looks at whether its state has changed. */
    void watched() {
        watchedNanos = node.nowNanos();
    }

    /** How long until it may look ahead again, what it gathers being there. */
    long untilLookNanos() {
        return Math.max(0, notBeforeNanos - node.nowNanos());
    }

    /**
     * It has looked ahead. A look that had to wait for the processor has not used it; but those who share it wait the longer, so
     * that at most half of the time passes in looks.
     *
     * @param tookNanos from its beginning
     * @param usedNanos of a processor; 0 where that is not known
     */
    void looked(long tookNanos, long usedNanos) {
        long share = settings.processorPercent();
        long pauseNanos = usedNanos == 0
                ? tookNanos * (WHOLE - share) / share
                : Math.max(tookNanos, usedNanos * (WHOLE - share) / share);
        notBeforeNanos = node.nowNanos() + pauseNanos;
    }
}
