package dev.foresail.network.topology;

import java.util.OptionalLong;

/** How links change with time. Times are in nanoseconds since the beginning, at least 0. Immutable. */
public sealed interface LinkChange {
    /** Which links change. */
    Links links();

    /** When it begins. */
    long fromNanos();

    /**
     * For a while messages take longer and less goes through.
     *
     * @param untilNanos when all is as before, after {@code fromNanos}
     * @param rampNanos how long it takes to come in full, and to go, both within the interval; at least 0
     * @param latencyFactor what the latency is multiplied by, above 0
     * @param rateFactor what the bandwidth is multiplied by, above 0
     */
    record Congestion(
            Links links, long fromNanos, long untilNanos, long rampNanos, double latencyFactor, double rateFactor)
            implements LinkChange {
        public Congestion {
            checkInterval(fromNanos, untilNanos);
            if (rampNanos < 0 || rampNanos > (untilNanos - fromNanos) / 2) {
                throw new IllegalArgumentException("the ramp of " + rampNanos + " ns does not fit twice between "
                        + fromNanos + " and " + untilNanos);
            }
            checkFactor(latencyFactor);
            checkFactor(rateFactor);
        }

        /** From 0 for none to 1 for in full. */
        double strength(long nowNanos) {
            long past = nowNanos - fromNanos;
            long left = untilNanos - nowNanos;
            if (past < 0 || left <= 0) {
                return 0;
            }
            return rampNanos == 0 ? 1 : StrictMath.min(1, (double) StrictMath.min(past, left) / rampNanos);
        }
    }

    /**
     * From a time on messages take another way.
     *
     * @param latencyNanos one way, at least 0; else what it was before
     * @param latencyFactor what that is multiplied by, above 0
     */
    record RouteChange(Links links, long fromNanos, OptionalLong latencyNanos, double latencyFactor)
            implements LinkChange {
        public RouteChange {
            checkTime(fromNanos);
            checkFactor(latencyFactor);
            if (latencyNanos.orElse(0) < 0) {
                throw new IllegalArgumentException("no route takes " + latencyNanos.getAsLong() + " ns");
            }
        }
    }

    /**
     * For a while messages are lost as said, whatever was lost before.
     *
     * @param untilNanos when all is as before, after {@code fromNanos}
     */
    record Lossy(Links links, long fromNanos, long untilNanos, Loss loss) implements LinkChange {
        public Lossy {
            checkInterval(fromNanos, untilNanos);
        }

        boolean lasts(long nowNanos) {
            return nowNanos >= fromNanos && nowNanos < untilNanos;
        }
    }

    /**
     * For a while nothing passes, in either direction. A topology only tells of it: who sends messages has to heed it.
     *
     * @param untilNanos when it is over, after {@code fromNanos}
     */
    record Failure(Links links, long fromNanos, long untilNanos) implements LinkChange {
        public Failure {
            checkInterval(fromNanos, untilNanos);
        }

        /** Whether nothing passes between two endpoints while it lasts. */
        public boolean isBetween(int one, int other) {
            return links.include(one, other) || links.include(other, one);
        }
    }

    private static void checkInterval(long fromNanos, long untilNanos) {
        checkTime(fromNanos);
        if (untilNanos <= fromNanos) {
            throw new IllegalArgumentException(
                    "the end, " + untilNanos + " ns, is not after the beginning, " + fromNanos);
        }
    }

    private static void checkTime(long fromNanos) {
        if (fromNanos < 0) {
            throw new IllegalArgumentException("a change cannot begin at " + fromNanos + " ns");
        }
    }

    private static void checkFactor(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a factor must be above 0, got " + factor);
        }
    }
}
