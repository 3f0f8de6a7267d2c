package dev.foresail.eval.replica;

import java.util.PriorityQueue;

/** A replica's workers, who take requests in their order. What it answers and when, without doing it. Not thread-safe. */
final class WorkQueue {
    private static final long FAILURE_NANOS = 2_000_000;

    private final Replica replica;
    private final PriorityQueue<Long> freeAtNanos = new PriorityQueue<>();

    WorkQueue(Replica replica, int workers) {
        this.replica = replica;
        for (int worker = 0; worker < workers; worker++) {
            freeAtNanos.add(0L);
        }
    }

    /** When a request is answered, and whether with a failure. */
    record Answer(long atNanos, boolean failed) {}

    /**
     * Takes a request in.
     *
     * @param nowNanos since the beginning; never less than before
     * @param workNanos how long it takes where nothing is slower
     * @param luck in [0, 1): whether it fails where some do
     */
    Answer take(long nowNanos, double workNanos, double luck) {
        for (Replica.Disturbance disturbance : replica.disturbances()) {
            if (disturbance.isAt(nowNanos) && luck < disturbance.failing()) {
                return new Answer(nowNanos + FAILURE_NANOS, true);
            }
        }
        long free = freeAtNanos.remove();
        long start = StrictMath.max(nowNanos, free);
        double slowness = replica.slowness();
        for (Replica.Disturbance disturbance : replica.disturbances()) {
            if (disturbance.isAt(start)) {
                start = disturbance.isPause() ? disturbance.untilNanos() : start;
                slowness *= disturbance.isPause() ? 1 : disturbance.slowness();
            }
        }
        long end = start + (long) (workNanos * slowness);
        for (Replica.Disturbance disturbance : replica.disturbances()) {
            boolean beginsMeanwhile = disturbance.fromNanos() > start && disturbance.fromNanos() < end;
            if (disturbance.isPause() && beginsMeanwhile) {
                end += disturbance.untilNanos() - disturbance.fromNanos();
            }
        }
        freeAtNanos.add(end);
        return new Answer(end, false);
    }
}
