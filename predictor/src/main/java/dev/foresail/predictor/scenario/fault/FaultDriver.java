package dev.foresail.predictor.scenario.fault;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes the faults of a mix happen on a stage, at times that are drawn (each kind a Poisson process) or given, to nodes that are drawn
 * from those that are up. The last node that is up does not crash. What has begun heals by itself, before the end of the phase; but who
 * was started or crashed by somebody else meanwhile is theirs. On the stage's thread; once only.
 */
public final class FaultDriver {
    /** Peers notice a crash within this time, each at a time of its own. */
    static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

    private static final Set<FaultKind> CRASHES =
            EnumSet.of(FaultKind.CRASH, FaultKind.AMNESIA, FaultKind.LOST_WRITES, FaultKind.TORN_WRITES);

    /** How long every event takes a node that is slow. */
    private static final Duration SLOW_EVENT = Duration.ofMillis(20);

    /** Far beyond what crystals do, so that a short run shows what a long one would. */
    private static final int MOST_DRIFT = 250_000;

    private static final int MOST_STEP_MILLIS = 1000;
    private static final int MOST_LOST_WRITES = 4;

    private final Stage stage;
    private final Duration until;
    private final Consumer<NodeId> restarted;
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    /** How many each node's clock has had: of those that overlap, the latest counts. */
    private final SortedMap<NodeId, Integer> clockFaults = new TreeMap<>();

    /**
     * @param until when the last fault is over, since the scenario's beginning
     * @param restarted is told of every node that was started again, so that the application may call it as at first
     */
    public FaultDriver(Stage stage, Duration until, Consumer<NodeId> restarted) {
        this.stage = stage;
        this.until = until;
        this.restarted = restarted;
    }

    /** Faults at times that the seed decides; to be called before the scenario is played. */
    public void play(FaultMix mix, long seed) {
        play(mix, seed, Optional.empty());
    }

    /**
     * Faults of a mix; to be called before the scenario is played.
     *
     * @param seed decides the times that are not given
     * @param schedule these faults and no others, in the order of their times
     */
    public void play(FaultMix mix, long seed, Optional<List<FaultOccurrence>> schedule) {
        if (mix.perMinute(FaultKind.LOST_WRITES) + mix.perMinute(FaultKind.TORN_WRITES) > 0) {
            stage.rememberWrites(MOST_LOST_WRITES);
        }
        Churn.Playing churn = Churn.of(mix, (stage.nodes().size() - 1) / 2).begin(stage, until, restarted);
        churn.joining(stage.now(), RandomStream.of(seed, "faults.join"));
        schedule.ifPresentOrElse(
                given -> follow(mix, churn, given.iterator()),
                () -> mix.faults().forEach(fault -> follow(mix, churn, new DrawnFaults(fault, seed, until))));
    }

    /** The faults that {@link #play(FaultMix, long)} makes happen, in the order of their times. */
    public static List<FaultOccurrence> schedule(FaultMix mix, long seed, Duration until) {
        return DrawnFaults.all(mix, seed, until);
    }

    private void follow(FaultMix mix, Churn.Playing churn, Iterator<FaultOccurrence> left) {
        if (left.hasNext()) {
            FaultOccurrence next = left.next();
            stage.at(next.at(), () -> {
                if (next.kind() == FaultKind.CHURN || next.kind() == FaultKind.LEAVE) {
                    churn.leave(next.random(), next.kind() == FaultKind.LEAVE);
                } else {
                    happen(mix.fault(next.kind()), next.random());
                }
                follow(mix, churn, left);
            });
        }
    }

    private void happen(Fault fault, RandomGenerator random) {
        List<NodeId> up =
                new ArrayList<>(stage.nodes().stream().filter(stage::isUp).toList());
        boolean isOfTwo =
                fault.kind() == FaultKind.BREAK || fault.kind() == FaultKind.CUT || fault.kind() == FaultKind.PARTITION;
        boolean needsAnother =
                isOfTwo || NetworkFaultDriver.KINDS.contains(fault.kind()) || CRASHES.contains(fault.kind());
        if (up.size() < (needsAnother ? 2 : 1)) {
            return;
        }
        NodeId one = up.remove(random.nextInt(up.size()));
        switch (fault.kind()) {
            case CRASH -> crash(one, fault.lasting(), () -> stage.restart(one));
            case AMNESIA -> crash(one, fault.lasting(), () -> stage.restartAnew(one));
            case SILENT_RESET -> {
                stage.silentReset(one);
                restarted.accept(one);
            }
            case BREAK -> stage.breakConnection(one, up.get(random.nextInt(up.size())));
            case CUT -> stage.cut(one, up.get(random.nextInt(up.size())), fault.lasting());
            case PARTITION -> partition(fault.lasting(), random);
            case PAUSE -> stage.pause(one, fault.lasting());
            case ONE_WAY_CUT, ONE_WAY_PARTITION, CLOG, SWIZZLE_CLOG, DELAY_SPIKE, LOSS, DUPLICATING, UNORDERED ->
                new NetworkFaultDriver(stage, random).happen(fault, one, up);
            case SLOW -> stage.slow(one, SLOW_EVENT, fault.lasting());
            case CLOCK -> clock(one, fault.lasting(), random);
            case LOST_WRITES -> {
                int writes = 1 + random.nextInt(MOST_LOST_WRITES);
                crash(one, fault.lasting(), () -> stage.restartWithoutWrites(one, writes));
            }
            case TORN_WRITES -> crash(one, fault.lasting(), () -> stage.restartTorn(one));
            case CHURN, LEAVE -> throw new IllegalStateException(fault + " is for Churn");
        }
        stage.record("faults." + fault.kind().label(), counts.merge(fault.kind(), 1, Integer::sum));
    }

    private void clock(NodeId node, Duration lasting, RandomGenerator draws) {
        if (draws.nextBoolean()) {
            stage.stepClock(node, Duration.ofMillis(draws.nextInt(MOST_STEP_MILLIS)));
        }
        stage.driftClock(node, draws.nextInt(2 * MOST_DRIFT + 1) - MOST_DRIFT);
        int latest = clockFaults.merge(node, 1, Integer::sum);
        stage.at(stage.now().plus(lasting), () -> {
            if (clockFaults.getOrDefault(node, 0) == latest) {
                stage.driftClock(node, 0);
            }
        });
    }

    private void crash(NodeId node, Duration lasting, Runnable start) {
        stage.crash(node, Duration.ZERO, NOTICED_WITHIN);
        long crash = stage.latestCrash(node);
        stage.at(stage.now().plus(lasting), () -> {
            if (stage.isDownSince(node, crash)) {
                start.run();
                restarted.accept(node);
            }
        });
    }

    private void partition(Duration lasting, RandomGenerator random) {
        stage.partition(groups(stage, random), lasting);
    }

    /** Two groups of at least one node each, the smaller one first. */
    static List<List<NodeId>> groups(Stage stage, RandomGenerator random) {
        List<NodeId> left = new ArrayList<>(stage.nodes());
        List<NodeId> apart = new ArrayList<>();
        int size = 1 + random.nextInt(Math.max(1, left.size() / 2));
        for (int count = 0; count < size; count++) {
            apart.add(left.remove(random.nextInt(left.size())));
        }
        return List.of(apart, left);
    }
}
