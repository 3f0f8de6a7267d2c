package dev.foresail.eval.replica;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.service.Choices;
import dev.foresail.predictor.service.Chosen;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** How one client picks a replica. Thread-safe. */
interface Picker {
    /** Picks; the pick has to be ended. */
    Pick pick();

    /** A replica for one request, and where its end is told. */
    interface Pick {
        int replica();

        /** @param tookNanos since the pick */
        void ended(long tookNanos, boolean failed);
    }

    /** What is compared. */
    enum Rule {
        RANDOM("random"),
        ROUND_ROBIN("round-robin"),
        POWER_OF_TWO("power-of-two"),
        LEAST_LATENCY("least-latency"),
        FORESAIL("foresail");

        private final String label;

        Rule(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** @param nanos the clock */
        Picker picker(int replicas, LongSupplier nanos, long seed) {
            RandomStream random = RandomStream.of(seed, "picker");
            return switch (this) {
                case RANDOM -> new Counting(replicas, loads -> random.nextInt(replicas));
                case ROUND_ROBIN -> {
                    int[] next = {random.nextInt(replicas)};
                    yield new Counting(replicas, loads -> next[0]++ % replicas);
                }
                case POWER_OF_TWO ->
                    new Counting(replicas, loads -> {
                        int one = random.nextInt(replicas);
                        int other = (one + 1 + random.nextInt(replicas - 1)) % replicas;
                        return loads.inFlight[other] < loads.inFlight[one] ? other : one;
                    });
                case LEAST_LATENCY -> new Counting(replicas, loads -> loads.leastLatency(random));
                case FORESAIL -> new Predicting(new Choices(Map.of(), nanos, seed), replicas);
            };
        }
    }

    /** What the usual rules go by. */
    final class Loads {
        /** As usual: the present one counts for a tenth. */
        private static final double SHARE = 0.1;

        final int[] inFlight;
        private final double[] latencyNanos;

        Loads(int replicas) {
            inFlight = new int[replicas];
            latencyNanos = new double[replicas];
        }

        void ended(int replica, long tookNanos) {
            inFlight[replica]--;
            latencyNanos[replica] =
                    latencyNanos[replica] == 0 ? tookNanos : (1 - SHARE) * latencyNanos[replica] + SHARE * tookNanos;
        }

        /** The lowest moving average of latency times requests in flight (as Finagle's peak EWMA and Envoy's least request do). */
        int leastLatency(RandomStream random) {
            int first = random.nextInt(inFlight.length);
            int best = first;
            for (int step = 1; step < inFlight.length; step++) {
                int index = (first + step) % inFlight.length;
                if (cost(index) < cost(best)) {
                    best = index;
                }
            }
            return best;
        }

        private double cost(int replica) {
            return latencyNanos[replica] * (inFlight[replica] + 1);
        }
    }

    /** Rules that go by what is in flight and how long answers took. */
    final class Counting implements Picker {
        private final Loads loads;
        private final java.util.function.ToIntFunction<Loads> rule;

        Counting(int replicas, java.util.function.ToIntFunction<Loads> rule) {
            this.loads = new Loads(replicas);
            this.rule = rule;
        }

        @Override
        public Pick pick() {
            synchronized (loads) {
                int replica = rule.applyAsInt(loads);
                loads.inFlight[replica]++;
                return new Pick() {
                    @Override
                    public int replica() {
                        return replica;
                    }

                    @Override
                    public void ended(long tookNanos, boolean failed) {
                        synchronized (loads) {
                            loads.ended(replica, tookNanos);
                        }
                    }
                };
            }
        }
    }

    /** Foresail's choices. */
    final class Predicting implements Picker {
        private final Choices choices;
        private final List<Integer> candidates;

        Predicting(Choices choices, int replicas) {
            this.choices = choices;
            Integer[] all = new Integer[replicas];
            Arrays.setAll(all, index -> index);
            candidates = List.of(all);
        }

        Choices choices() {
            return choices;
        }

        @Override
        public Pick pick() {
            Chosen<Integer> chosen = choices.choose("replica", candidates);
            return new Pick() {
                @Override
                public int replica() {
                    return chosen.value();
                }

                @Override
                public void ended(long tookNanos, boolean failed) {
                    if (failed) {
                        chosen.failed();
                    } else {
                        chosen.succeeded();
                    }
                }
            };
        }
    }
}
