package dev.foresail.randtree.schedule;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The demo's schedule, after the case study of "Simplifying Distributed System Development" (HotOS'09, section 4): the
 * smallest id is the root; the others join one by one through it in a random order; some nodes fail at once; those that
 * come back do so within {@code rejoinWithin}. Depths are measured when everybody is connected and a settling time has
 * passed. The default scenario of the protocol {@code randtree}.
 */
public final class TreeSchedule implements Scenario {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final int INTERIOR_FAILURES = 5;

    @Override
    public String name() {
        return "randtree";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinInterval", Duration.class, Optional.of("100ms")),
                new ParameterDescription("failure", String.class, Optional.of(Failure.HALF.label())),
                new ParameterDescription("noticedAfter", Duration.class, Optional.of("0")),
                new ParameterDescription("noticedWithin", Duration.class, Optional.of("0")),
                new ParameterDescription("rejoinAfter", Duration.class, Optional.of("2s")),
                new ParameterDescription("rejoinWithin", Duration.class, Optional.of("1s")),
                new ParameterDescription("patience", Duration.class, Optional.of("60s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMillis(100L * nodes).plusSeconds(150);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        new Play(stage, Parameters.of(values)).begin();
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> values) {
        new Play(stage, Parameters.of(values)).join(node);
    }

    /** The values of {@link #parameters}, typed. */
    private record Parameters(
            Duration joinInterval,
            Failure failure,
            Duration noticedAfter,
            Duration noticedWithin,
            Duration rejoinAfter,
            Duration rejoinWithin,
            Duration patience) {
        static Parameters of(List<Object> values) {
            return new Parameters(
                    (Duration) values.get(0),
                    Failure.of((String) values.get(1)),
                    (Duration) values.get(2),
                    (Duration) values.get(3),
                    (Duration) values.get(4),
                    (Duration) values.get(5),
                    (Duration) values.get(6));
        }
    }

    /** One run of the schedule. */
    private static final class Play {
        private final Stage stage;
        private final Parameters parameters;
        private final NodeId root;

        Play(Stage stage, Parameters parameters) {
            this.stage = stage;
            this.parameters = parameters;
            this.root = stage.nodes().get(0);
        }

        void begin() {
            stage.start(root);
            join(root);
            List<NodeId> joiners =
                    shuffled(stage.nodes().subList(1, stage.nodes().size()));
            for (int index = 0; index < joiners.size(); index++) {
                NodeId joiner = joiners.get(index);
                stage.at(parameters.joinInterval().multipliedBy(index + 1L), () -> {
                    stage.start(joiner);
                    join(joiner);
                });
            }
            Duration allAsked = parameters.joinInterval().multipliedBy(joiners.size());
            stage.at(allAsked, () -> whenConnected("Join", Duration.ZERO, stage.now(), this::fail));
        }

        private void join(NodeId joiner) {
            List<NodeId> known = joiner.equals(root) ? List.of() : List.of(root);
            stage.call(joiner, "joinOverlay", List.of(known));
        }

        /** Waits until everybody is connected, notes how long it took since {@code since}, measures, and goes on. */
        private void whenConnected(String phase, Duration since, Duration waitingSince, Runnable then) {
            boolean connected = TreeShape.of(stage).connected() == running();
            if (!connected && stage.now().minus(waitingSince).compareTo(parameters.patience()) < 0) {
                stage.at(stage.now().plus(POLL), () -> whenConnected(phase, since, waitingSince, then));
                return;
            }
            double seconds = stage.now().minus(since).toNanos() / 1e9;
            stage.record("secondsTo" + phase, connected ? seconds : Double.NaN);
            stage.at(stage.now().plus(SETTLE), () -> {
                measure(phase);
                then.run();
            });
        }

        private void measure(String phase) {
            TreeShape shape = TreeShape.of(stage);
            boolean whole = shape.connected() == running();
            stage.record("maxDepthAfter" + phase, whole ? shape.maxDepth() : Double.NaN);
        }

        private int running() {
            return (int) stage.nodes().stream().filter(stage::isUp).count();
        }

        private void fail() {
            switch (parameters.failure()) {
                case HALF -> failHalf();
                case INTERIOR -> failInterior();
                case NONE -> stage.finish();
            }
        }

        private void failHalf() {
            TreeShape shape = TreeShape.of(stage);
            int half = stage.nodes().size() / 2;
            List<NodeId> failing = shape.childrenOfRoot().stream()
                    .map(shape::subtree)
                    .min(Comparator.comparingInt(subtree -> Math.abs(subtree.size() - half)))
                    .orElse(List.of());
            failing.forEach(node -> stage.crash(node, parameters.noticedAfter(), parameters.noticedWithin()));
            List<NodeId> returning = shuffled(failing);
            Duration start = stage.now().plus(parameters.rejoinAfter());
            for (int index = 0; index < returning.size(); index++) {
                NodeId node = returning.get(index);
                Duration offset = parameters.rejoinWithin().multipliedBy(index).dividedBy(returning.size());
                stage.at(start.plus(offset), () -> {
                    if (!stage.isUp(node)) {
                        stage.restart(node);
                    }
                    join(node);
                });
            }
            Duration allAsked = start.plus(parameters.rejoinWithin());
            stage.at(allAsked, () -> whenConnected("Rejoin", start, stage.now(), stage::finish));
        }

        private void failInterior() {
            List<NodeId> inner = shuffled(TreeShape.of(stage).inner());
            Duration start = stage.now();
            inner.subList(0, Math.min(INTERIOR_FAILURES, inner.size()))
                    .forEach(node -> stage.crash(node, parameters.noticedAfter(), parameters.noticedWithin()));
            stage.at(
                    start.plus(parameters.noticedAfter())
                            .plus(parameters.noticedWithin())
                            .plus(SETTLE),
                    () -> whenConnected("Rejoin", start, stage.now(), stage::finish));
        }

        /** A random order, by Fisher and Yates. */
        private List<NodeId> shuffled(List<NodeId> nodes) {
            List<NodeId> order = new ArrayList<>(nodes);
            for (int last = order.size() - 1; last > 0; last--) {
                int other = stage.random().nextInt(last + 1);
                NodeId swapped = order.set(other, order.get(last));
                order.set(last, swapped);
            }
            return order;
        }
    }
}
