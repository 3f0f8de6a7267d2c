package dev.foresail.predictor.lookahead;

import dev.foresail.choice.machine.Event;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.CallRate;

/**
 * The calls of one name at one node in a roll-out: they come at random as often as was measured (a Poisson process), each like one of the
 * latest. Draws from a stream of its own, so they come at the same times in the same future of every alternative. Not thread-safe.
 */
final class RolledCalls {
    private static final double NANOS_PER_SECOND = 1e9;
    /** Beyond every horizon. */
    private static final long LONGEST_GAP_NANOS = Long.MAX_VALUE / 4;

    private final CallRate rate;
    private final RandomStream random;

    RolledCalls(CallRate rate, RandomStream random) {
        this.rate = rate;
        this.random = random;
    }

    /** How long after the last one the next one comes. */
    long gapNanos() {
        double nanos = -StrictMath.log(1 - random.nextDouble()) / rate.perSecond() * NANOS_PER_SECOND;
        return Math.min((long) nanos, LONGEST_GAP_NANOS);
    }

    Event.Call next() {
        return rate.recent().get(random.nextInt(rate.recent().size()));
    }
}
