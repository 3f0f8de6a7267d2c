package dev.foresail.predictor.service;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is known of one candidate: how its requests ended, and which are under way. Guarded by its {@link ServiceChoice}. */
final class Candidate {
    /** How long nobody looks at a candidate that is not the best, at first and at most; each look in vain doubles it. */
    private static final long LEAST_PAUSE_NANOS = 1_000_000_000L;

    private static final long MOST_PAUSE_NANOS = 60_000_000_000L;
    /** A request that has not ended after so long counts as failed. */
    private static final long MOST_WAIT_NANOS = 300_000_000_000L;

    /** After a look that was not in vain. */
    private static final long PROMISING_PAUSE_NANOS = 100_000_000L;

    final OutcomeHistory history;
    /** In the order in which they began. */
    private final Set<Request> underWay = new LinkedHashSet<>();

    private long pauseNanos = LEAST_PAUSE_NANOS;
    private long explorableFromNanos;

    Candidate(OutcomeHistory history, long nowNanos) {
        this.history = history;
        this.explorableFromNanos = nowNanos;
    }

    /** A request that has not ended. */
    record Request(long number, long atNanos) {}

    int inFlight() {
        return underWay.size();
    }

    void begin(Request request) {
        underWay.add(request);
    }

    /** Returns whether it was under way still. */
    boolean end(Request request) {
        return underWay.remove(request);
    }

    /** Gives up requests whose end nobody tells: they would stand for a server that hangs for ever. */
    void giveUp(long nowNanos) {
        while (oldestWaitNanos(nowNanos) > MOST_WAIT_NANOS) {
            Request oldest = underWay.iterator().next();
            underWay.remove(oldest);
            history.add(nowNanos, underWay.size(), MOST_WAIT_NANOS, true);
        }
    }

    /** How long the oldest request has been waiting; 0 without any. */
    long oldestWaitNanos(long nowNanos) {
        return underWay.isEmpty() ? 0 : nowNanos - underWay.iterator().next().atNanos();
    }

    /** Whether it is time to see how this one does: nobody is asking it now, and it was left alone for long enough. */
    boolean isToBeExplored(long nowNanos) {
        return underWay.isEmpty() && nowNanos >= explorableFromNanos;
    }

    void wasBest(long nowNanos) {
        pauseNanos = LEAST_PAUSE_NANOS;
        explorableFromNanos = nowNanos + pauseNanos;
    }

    void wasExplored(long nowNanos) {
        explorableFromNanos = nowNanos + pauseNanos;
        pauseNanos = StrictMath.min(2 * pauseNanos, MOST_PAUSE_NANOS);
    }

    /** A look at it was as good as what the best one promises. */
    void isPromising(long nowNanos) {
        pauseNanos = PROMISING_PAUSE_NANOS;
        explorableFromNanos = nowNanos + pauseNanos;
    }
}
