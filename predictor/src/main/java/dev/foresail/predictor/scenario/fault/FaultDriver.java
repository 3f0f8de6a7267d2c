package dev.foresail.predictor.scenario.fault;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the faults of a mix happen on a stage, at times that are drawn (each kind a Poisson process), to nodes that are drawn from those
 * that are up. The last node that is up does not crash. What has begun heals by itself, before the end of the phase. On
 * the stage's thread; once only.
 */
public final class FaultDriver {
    /** Peers notice a crash within this time, each at a time of its own. */
    static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

    private static final Set<FaultKind> CRASHES =
            EnumSet.of(FaultKind.CRASH, FaultKind.AMNESIA, FaultKind.LOST_WRITES, FaultKind.TORN_WRITES);

    private static final double NANOS_PER_MINUTE = 60e9;

    /** How long every event takes a node that is slow. */
    private static final Duration SLOW_EVENT = Duration.ofMillis(20);

    /** Far beyond what crystals do, so that a short run shows what a long one would. */
    private static final int MOST_DRIFT = 250_000;

    private static final int MOST_STEP_MILLIS = 1000;
    private static final int MOST_LOST_WRITES = 4;

    private final Stage stage;
    /** What most kinds draw from; the later ones have streams of their own, so that they do not move the others' draws. */
    private final RandomStream random;

    private final Map<FaultKind, RandomStream> own = new EnumMap<>(FaultKind.class);
    private final Duration until;
    private final Consumer<NodeId> restarted;
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);

    /**
     * @param random draws of its own, so that the scenario's stay what they are
     * @param until when the last fault is over, since the scenario's beginning
     * @param restarted is told of every node that was started again, so that the application may call it as at first
     */
    public FaultDriver(Stage stage, RandomStream random, Duration until, Consumer<NodeId> restarted) {
        this.stage = stage;
        this.random = random;
        for (FaultKind kind : EnumSet.range(FaultKind.SLOW, FaultKind.LEAVE)) {
            own.put(kind, random.fork(kind.label()));
        }
        this.until = until;
        this.restarted = restarted;
    }

    /** To be called before the scenario is played. */
    public void play(FaultMix mix) {
        if (mix.perMinute(FaultKind.LOST_WRITES) + mix.perMinute(FaultKind.TORN_WRITES) > 0) {
            stage.rememberWrites(MOST_LOST_WRITES);
        }
        if (mix.perMinute(FaultKind.CHURN) + mix.perMinute(FaultKind.LEAVE) > 0) {
            Churn.of(mix, (stage.nodes().size() - 1) / 2).play(stage, draws(FaultKind.CHURN), until, restarted);
        }
        mix.faults().stream()
                .filter(fault -> fault.kind() != FaultKind.CHURN && fault.kind() != FaultKind.LEAVE)
                .forEach(this::next);
    }

    private RandomStream draws(FaultKind kind) {
        return own.getOrDefault(kind, random);
    }

    private void next(Fault fault) {
        double minutes = -StrictMath.log(1 - draws(fault.kind()).nextDouble()) / fault.perMinute();
        Duration time = stage.now().plusNanos((long) Math.min(minutes * NANOS_PER_MINUTE, 1e18));
        if (time.plus(fault.lasting()).compareTo(until) < 0) {
            stage.at(time, () -> {
                happen(fault);
                next(fault);
            });
        }
    }

    private void happen(Fault fault) {
        List<NodeId> up =
                new ArrayList<>(stage.nodes().stream().filter(stage::isUp).toList());
        boolean isOfTwo =
                fault.kind() == FaultKind.BREAK || fault.kind() == FaultKind.CUT || fault.kind() == FaultKind.PARTITION;
        boolean needsAnother = isOfTwo || CRASHES.contains(fault.kind());
        if (up.size() < (needsAnother ? 2 : 1)) {
            return;
        }
        RandomStream draws = draws(fault.kind());
        NodeId one = up.remove(draws.nextInt(up.size()));
        switch (fault.kind()) {
            case CRASH -> crash(one, fault.lasting(), () -> stage.restart(one));
            case AMNESIA -> crash(one, fault.lasting(), () -> stage.restartAnew(one));
            case SILENT_RESET -> {
                stage.silentReset(one);
                restarted.accept(one);
            }
            case BREAK -> stage.breakConnection(one, up.get(random.nextInt(up.size())));
            case CUT -> stage.cut(one, up.get(random.nextInt(up.size())), fault.lasting());
            case PARTITION -> partition(fault.lasting());
            case PAUSE -> stage.pause(one, fault.lasting());
            case SLOW -> stage.slow(one, SLOW_EVENT, fault.lasting());
            case CLOCK -> clock(one, fault.lasting());
            case LOST_WRITES -> {
                int writes = 1 + draws.nextInt(MOST_LOST_WRITES);
                crash(one, fault.lasting(), () -> stage.restartWithoutWrites(one, writes));
            }
            case TORN_WRITES -> crash(one, fault.lasting(), () -> stage.restartTorn(one));
            case CHURN, LEAVE -> throw new IllegalStateException(fault + " is for Churn");
        }
        stage.record("faults." + fault.kind().label(), counts.merge(fault.kind(), 1, Integer::sum));
    }

    private void clock(NodeId node, Duration lasting) {
        RandomStream draws = draws(FaultKind.CLOCK);
        if (draws.nextBoolean()) {
            stage.stepClock(node, Duration.ofMillis(draws.nextInt(MOST_STEP_MILLIS)));
        }
        stage.driftClock(node, draws.nextInt(2 * MOST_DRIFT + 1) - MOST_DRIFT);
        stage.at(stage.now().plus(lasting), () -> stage.driftClock(node, 0));
    }

    private void crash(NodeId node, Duration lasting, Runnable start) {
        stage.crash(node, Duration.ZERO, NOTICED_WITHIN);
        stage.at(stage.now().plus(lasting), () -> {
            if (!stage.isUp(node)) {
                start.run();
                restarted.accept(node);
            }
        });
    }

    /** Two groups of at least one node each. */
    private void partition(Duration lasting) {
        List<NodeId> left = new ArrayList<>(stage.nodes());
        List<NodeId> apart = new ArrayList<>();
        int size = 1 + random.nextInt(Math.max(1, left.size() / 2));
        for (int count = 0; count < size; count++) {
            apart.add(left.remove(random.nextInt(left.size())));
        }
        stage.partition(List.of(apart, left), lasting);
    }
}
