package dev.foresail.predictor.scenario.fault;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Nodes that come and go: they join for the first time, leave and come back, or leave for good, each a Poisson process in the whole
 * system. Immutable; {@link #play} may be called once for each stage, for scenarios on {@code --faults} and others alike.
 *
 * <pre>{@code
 * Churn.NONE.leaving(6, Duration.ofSeconds(20)).joining(2, newcomers).mostAway(5)
 *         .play(stage, RandomStream.of(7, "churn"), Duration.ofMinutes(5), node -> stage.call(node, "join", List.of(root)));
 * }</pre>
 *
 * @param leavingPerMinute how often a node leaves that comes back, 0 to 60,000
 * @param away how long it is away on average; each time is drawn, exponentially
 * @param keepsState whether it has its durable fields when it comes back, else nothing
 * @param lostPerMinute how often a node leaves for good, 0 to 60,000
 * @param joining who joins, and how often
 * @param mostAway how many are away at once at most, those included that have left for good
 * @param warmUp how long no node leaves after the beginning, nor any one after it has joined or come back
 */
public record Churn(
        double leavingPerMinute,
        Duration away,
        boolean keepsState,
        double lostPerMinute,
        Joining joining,
        int mostAway,
        Duration warmUp) {
    /** Nobody comes or goes. */
    public static final Churn NONE =
            new Churn(0, Duration.ofSeconds(20), false, 0, new Joining(0, List.of()), Integer.MAX_VALUE, Duration.ZERO);

    private static final String JOIN = "join";
    private static final double NANOS_PER_MINUTE = 60e9;

    /** @throws IllegalArgumentException FS431 when a rate, number or time is negative, or a rate above 60,000 a minute */
    public Churn {
        refuseUnlessRate(leavingPerMinute, "nodes leave");
        refuseUnlessRate(lostPerMinute, "nodes leave for good");
        refuseUnlessRate(joining.perMinute(), "nodes join");
        refuseUnless(mostAway >= 0, "at most 0 nodes are away, or more, not " + mostAway);
        refuseUnless(!away.isNegative(), "a node is away for no less than no time, not " + away);
        refuseUnless(!warmUp.isNegative(), "a warm-up takes no less than no time, not " + warmUp);
    }

    /** Beyond, many would come and go at one time, and the run not go on. */
    private static void refuseUnlessRate(double perMinute, String what) {
        refuseUnless(
                perMinute >= 0 && perMinute <= FaultMix.MOST_PER_MINUTE,
                what + " 0 to " + (long) FaultMix.MOST_PER_MINUTE + " times a minute, not " + perMinute);
    }

    private static void refuseUnless(boolean isRight, String mistake) {
        if (!isRight) {
            throw new IllegalArgumentException("[FS431] " + mistake);
        }
    }

    /**
     * Nodes that join.
     *
     * @param perMinute how often, 0 to 60,000
     * @param newcomers who, in this order; none of them started
     */
    public record Joining(double perMinute, List<NodeId> newcomers) {
        public Joining {
            newcomers = List.copyOf(newcomers);
        }
    }

    public Churn leaving(double perMinute, Duration awayOnAverage) {
        return new Churn(perMinute, awayOnAverage, keepsState, lostPerMinute, joining, mostAway, warmUp);
    }

    /** Whoever comes back has its durable fields. */
    public Churn keepingState() {
        return new Churn(leavingPerMinute, away, true, lostPerMinute, joining, mostAway, warmUp);
    }

    public Churn losing(double perMinute) {
        return new Churn(leavingPerMinute, away, keepsState, perMinute, joining, mostAway, warmUp);
    }

    public Churn joining(double perMinute, List<NodeId> newcomers) {
        Joining joins = new Joining(perMinute, newcomers);
        return new Churn(leavingPerMinute, away, keepsState, lostPerMinute, joins, mostAway, warmUp);
    }

    public Churn mostAway(int most) {
        return new Churn(leavingPerMinute, away, keepsState, lostPerMinute, joining, most, warmUp);
    }

    public Churn warmingUp(Duration time) {
        return new Churn(leavingPerMinute, away, keepsState, lostPerMinute, joining, mostAway, time);
    }

    /**
     * What a mix asks for.
     *
     * @param mostAway unless the mix says how many
     */
    static Churn of(FaultMix mix, int mostAway) {
        Duration away = mix.faults().stream()
                .filter(fault -> fault.kind() == FaultKind.CHURN)
                .map(Fault::lasting)
                .findFirst()
                .orElse(FaultKind.CHURN.usually());
        Churn rules = mix.churn();
        return rules.leaving(mix.perMinute(FaultKind.CHURN), away)
                .losing(mix.perMinute(FaultKind.LEAVE))
                .mostAway(rules.mostAway() == NONE.mostAway() ? mostAway : rules.mostAway());
    }

    /**
     * Lets nodes come and go from now on; how many did is noted on the stage as {@code faults.churn}, {@code faults.leave} and {@code
     * faults.join}. The last node that is up does not leave.
     *
     * @param random draws of its own
     * @param until when nobody comes or goes any more, since the scenario's beginning; who is to come back is back by then
     * @param started is told of every node that has joined or come back, so that the application may call it as at first
     */
    public void play(Stage stage, RandomStream random, Duration until, Consumer<NodeId> started) {
        play(stage, random, stage.now(), until, started, (what, node, planned) -> {});
    }

    /**
     * As {@link #play(Stage, RandomStream, Duration, Consumer)}, by the same times on every stage: where time is real, an action comes a little late.
     *
     * @param from since when, about now
     * @param observer on the stage's thread
     */
    public void play(
            Stage stage,
            RandomStream random,
            Duration from,
            Duration until,
            Consumer<NodeId> started,
            Observer observer) {
        Playing playing = new Playing(stage, until, started, observer);
        playing.repeat(
                leavingPerMinute, from, random.fork("leaving"), FaultKind.CHURN.label(), playing::leaveForAWhile);
        playing.repeat(lostPerMinute, from, random.fork("lost"), FaultKind.LEAVE.label(), playing::leaveForGood);
        playing.joining(from, random.fork("joining"));
    }

    /** Sees who leaves, and who joins for the first time. */
    @FunctionalInterface
    public interface Observer {
        /**
         * It has happened.
         *
         * @param what {@code churn}, {@code leave} or {@code join}, as it is counted
         * @param planned when it was to happen, since the scenario's beginning; where time is real it happened a little later
         */
        void happened(String what, NodeId node, Duration planned);
    }

    /** As {@link #play}, but somebody else says when a node leaves. */
    Playing begin(Stage stage, Duration until, Consumer<NodeId> started) {
        return new Playing(stage, until, started, (what, node, planned) -> {});
    }

    /** Who is away at the moment. */
    final class Playing {
        private final Stage stage;
        private final Duration until;
        private final Consumer<NodeId> started;
        private final Observer observer;
        private final Deque<NodeId> newcomers = new ArrayDeque<>(joining.newcomers());
        /** Who is away, and since which crash. */
        private final SortedMap<NodeId, Long> gone = new TreeMap<>();

        private final SortedMap<NodeId, Duration> upSince = new TreeMap<>();
        private final SortedMap<String, Integer> counts = new TreeMap<>();

        Playing(Stage stage, Duration until, Consumer<NodeId> started, Observer observer) {
            this.stage = stage;
            this.until = until;
            this.started = started;
            this.observer = observer;
        }

        /**
         * @param last when it was to happen last: where time is real it happened a little later, which is not to add up
         * @param happening to whom, if to anybody
         */
        private void repeat(
                double perMinute,
                Duration last,
                RandomStream draws,
                String what,
                Function<RandomStream, Optional<NodeId>> happening) {
            if (perMinute == 0) {
                return;
            }
            Duration time = last.plus(exponential(draws, NANOS_PER_MINUTE / perMinute));
            if (time.compareTo(until) < 0) {
                stage.at(time, () -> {
                    happening.apply(draws).ifPresent(node -> observer.happened(what, node, time));
                    repeat(perMinute, time, draws, what, happening);
                });
            }
        }

        private Duration exponential(RandomGenerator draws, double meanNanos) {
            return Duration.ofNanos((long) Math.min(-StrictMath.log(1 - draws.nextDouble()) * meanNanos, 1e18));
        }

        void joining(Duration from, RandomStream draws) {
            repeat(joining.perMinute(), from, draws, JOIN, each -> join());
        }

        private Optional<NodeId> leaveForAWhile(RandomGenerator draws) {
            return leave(draws, false);
        }

        private Optional<NodeId> leaveForGood(RandomGenerator draws) {
            return leave(draws, true);
        }

        /** Who has left, if anybody may. */
        Optional<NodeId> leave(RandomGenerator draws, boolean forGood) {
            List<NodeId> up = stage.nodes().stream().filter(stage::isUp).toList();
            List<NodeId> warm = up.stream().filter(this::isWarm).toList();
            if (up.size() < 2 || warm.isEmpty() || gone.size() >= mostAway) {
                return Optional.empty();
            }
            NodeId node = warm.get(draws.nextInt(warm.size()));
            stage.crash(node, Duration.ZERO, FaultDriver.NOTICED_WITHIN);
            long crash = stage.latestCrash(node);
            gone.put(node, crash);
            if (!forGood) {
                Duration back = stage.now().plus(exponential(draws, (double) away.toNanos()));
                stage.at(back.compareTo(until) < 0 ? back : until, () -> comeBack(node, crash));
            }
            count(forGood ? FaultKind.LEAVE.label() : FaultKind.CHURN.label());
            return Optional.of(node);
        }

        private boolean isWarm(NodeId node) {
            Duration since = upSince.getOrDefault(node, Duration.ZERO);
            return since.plus(warmUp).compareTo(stage.now()) <= 0;
        }

        private void comeBack(NodeId node, long crash) {
            gone.remove(node, crash);
            if (!stage.isDownSince(node, crash)) {
                return;
            }
            if (keepsState) {
                stage.restart(node);
            } else {
                stage.restartAnew(node);
            }
            isUp(node);
        }

        /** Who has joined, if anybody is left who can. */
        Optional<NodeId> join() {
            Optional<NodeId> newcomer = Optional.ofNullable(newcomers.poll());
            newcomer.ifPresent(node -> {
                stage.start(node);
                count(JOIN);
                isUp(node);
            });
            return newcomer;
        }

        private void isUp(NodeId node) {
            upSince.put(node, stage.now());
            started.accept(node);
        }

        private void count(String what) {
            stage.record("faults." + what, counts.merge(what, 1, Integer::sum));
        }
    }
}
