package dev.foresail.predictor.simulate;

import dev.foresail.predictor.simulate.queue.EventQueue;

/**
 * The clock of one node, which may be ahead of, or behind, the world's and run faster or slower. All in whole numbers, so that it reads the
 * same everywhere; it never goes back by itself. Not thread-safe.
 */
final class NodeClock {
    private static final long MILLION = 1_000_000;

    /** Beyond, no timer goes off before the end of time. */
    private static final long LONGEST_NANOS = 1L << 60;

    /** What it read at a time of the world, since when it has run evenly. */
    private long readNanos;

    private long sinceNanos;
    private long partsPerMillion;

    /** A clock that is right. */
    NodeClock(long worldNanos) {
        readNanos = worldNanos;
        sinceNanos = worldNanos;
    }

    /** What it reads when the world's clock reads this, which grows from call to call. */
    long read(long worldNanos) {
        long passed = worldNanos - sinceNanos;
        // So that nothing overflows, and what is beyond a whole million counts too.
        long gained = passed / MILLION * partsPerMillion + Math.floorDiv(passed % MILLION * partsPerMillion, MILLION);
        return readNanos + passed + gained;
    }

    /** When, by the world's clock, a span has passed by this one that begins now; never before now. */
    long after(long worldNanos, long delayNanos) {
        long span = read(worldNanos) - readNanos + Math.min(delayNanos, LONGEST_NANOS);
        long speed = MILLION + partsPerMillion;
        long passed = span / speed * MILLION + Math.floorDiv(span % speed * MILLION + speed - 1, speed);
        // A slow clock has read the same for a while already.
        return Math.max(worldNanos, Math.min(sinceNanos + passed, EventQueue.LATEST_NANOS));
    }

    /** @param perMillion so many parts in a million faster; slower below 0 */
    void drift(long worldNanos, int perMillion) {
        readNanos = read(worldNanos);
        sinceNanos = worldNanos;
        partsPerMillion = perMillion;
    }

    void step(long nanos) {
        readNanos += nanos;
    }
}
