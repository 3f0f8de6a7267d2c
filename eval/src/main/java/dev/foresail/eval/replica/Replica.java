package dev.foresail.eval.replica;

import java.util.List;

/**
 * What one replica is like. Immutable.
 *
 * @param slowness how many times as long everything takes here
 * @param networkNanos there and back
 * @param disturbances what goes wrong, in the order of its beginnings, without overlap
 */
record Replica(double slowness, long networkNanos, List<Disturbance> disturbances) {
    Replica {
        disturbances = List.copyOf(disturbances);
    }

    static Replica usual() {
        return new Replica(1, 1_000_000, List.of());
    }

    Replica slower(double factor) {
        return new Replica(slowness * factor, networkNanos, disturbances);
    }

    Replica farther(long nanos) {
        return new Replica(slowness, networkNanos + nanos, disturbances);
    }

    Replica disturbed(List<Disturbance> by) {
        return new Replica(slowness, networkNanos, by);
    }

    /**
     * Something that goes wrong for a time.
     *
     * @param slowness how many times as long what begins then takes; infinite for a pause, in which nothing goes on
     * @param failing the share of requests that fail at once, in [0, 1]
     */
    record Disturbance(long fromNanos, long untilNanos, double slowness, double failing) {
        static Disturbance slow(long fromNanos, long untilNanos, double slowness) {
            return new Disturbance(fromNanos, untilNanos, slowness, 0);
        }

        static Disturbance pause(long fromNanos, long untilNanos) {
            return new Disturbance(fromNanos, untilNanos, Double.POSITIVE_INFINITY, 0);
        }

        static Disturbance failing(long fromNanos, long untilNanos, double share) {
            return new Disturbance(fromNanos, untilNanos, 1, share);
        }

        boolean isPause() {
            return Double.isInfinite(slowness);
        }

        boolean isAt(long nanos) {
            return fromNanos <= nanos && nanos < untilNanos;
        }
    }
}
