package dev.foresail.predictor.scenario;

import java.time.Duration;

/**
 * What can be wrong with what one node sends to another, for a while. The first three are what connections go through; with the last
 * three messages fare as datagrams do, which the transport of live nodes never lets happen: they are for protocols that claim
 * to survive it. Immutable.
 */
public sealed interface LinkFault {
    /** By the name that traces have. */
    String label();

    /**
     * Nothing passes; as {@link NetworkFaults#cutOneWay}.
     *
     * @param noticedAfter when both ends of the connection notice, not negative
     */
    record OneWayCut(Duration noticedAfter) implements LinkFault {
        public OneWayCut {
            NetworkFaults.nanos(noticedAfter);
        }

        @Override
        public String label() {
            return "one-way cut";
        }
    }

    /** What is sent waits until the end and leaves then, in order. */
    record Clog() implements LinkFault {
        @Override
        public String label() {
            return "clog";
        }
    }

    /**
     * What is sent takes longer.
     *
     * @param factor by which delays are multiplied, at least 1
     * @param extra what is added to them then, not negative
     */
    record DelaySpike(double factor, Duration extra) implements LinkFault {
        public DelaySpike {
            if (!(factor >= 1 && factor <= MOST)) {
                throw new IllegalArgumentException(
                        "[FS426] delays are multiplied by 1 to " + (long) MOST + ", not by " + factor);
            }
            NetworkFaults.nanos(extra);
        }

        private static final double MOST = 1e9;

        @Override
        public String label() {
            return "delay spike";
        }
    }

    /**
     * Messages of the protocol vanish, and their connection does not break.
     *
     * @param rate the probability of each, 0 to 1
     */
    record Loss(double rate) implements LinkFault {
        public Loss {
            checkRate(rate);
        }

        @Override
        public String label() {
            return "loss";
        }
    }

    /**
     * Messages of the protocol are delivered twice, the second time behind the first and perhaps behind later ones.
     *
     * @param rate the probability of each, 0 to 1
     */
    record Duplicating(double rate) implements LinkFault {
        public Duplicating {
            checkRate(rate);
        }

        @Override
        public String label() {
            return "duplicating";
        }
    }

    /**
     * Messages of the protocol come late, and those behind them do not wait.
     *
     * @param rate the probability of each, 0 to 1
     */
    record Unordered(double rate) implements LinkFault {
        public Unordered {
            checkRate(rate);
        }

        @Override
        public String label() {
            return "unordered";
        }
    }

    private static void checkRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("[FS426] a rate is 0 to 1, not " + rate);
        }
    }
}
