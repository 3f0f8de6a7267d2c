package dev.foresail.eval.livesimulation;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.randtree.ControlState;
import dev.foresail.randtree.RandTreeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A tree grows: the first node is its root, and the others join through it one by one, in a random order. Of each is kept how long it
 * took from the application's call until the node knew its parent, and on which level it is in the end. For one stage, live or
 * simulated; {@link #handled} may be called by several threads.
 */
final class TreeGrowth implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LongSupplier clock;
    private final Map<NodeId, Long> calledNanos = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> joinedNanos = new ConcurrentHashMap<>();
    private final List<Double> levels = new ArrayList<>();

    /** @param clock by which calls are timed, the same as that of {@link #handled} */
    TreeGrowth(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tree-growth";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public Duration duration(int nodes) {
        return INTERVAL.multipliedBy(nodes).plus(PATIENCE).plus(SETTLE).plus(SETTLE);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        NodeId root = stage.nodes().get(0);
        stage.start(root);
        stage.call(root, "joinOverlay", List.of(List.of()));
        List<NodeId> joiners =
                new ArrayList<>(stage.nodes().subList(1, stage.nodes().size()));
        for (int last = joiners.size() - 1; last > 0; last--) {
            Collections.swap(joiners, last, stage.random().nextInt(last + 1));
        }
        for (int index = 0; index < joiners.size(); index++) {
            NodeId joiner = joiners.get(index);
            stage.at(INTERVAL.multipliedBy(index + 1L), () -> join(stage, joiner, root));
        }
        stage.at(INTERVAL.multipliedBy(joiners.size()), () -> awaitAll(stage));
    }

    private void join(Stage stage, NodeId node, NodeId root) {
        stage.start(node);
        calledNanos.put(node, clock.getAsLong());
        stage.call(node, "joinOverlay", List.of(List.of(root)));
    }

    private void awaitAll(Stage stage) {
        Duration asked = INTERVAL.multipliedBy(stage.nodes().size() - 1L);
        if (joinedNanos.size() == stage.nodes().size() || stage.now().compareTo(asked.plus(PATIENCE)) > 0) {
            stage.at(stage.now().plus(SETTLE), () -> {
                measure(stage);
                stage.finish();
            });
        } else {
            stage.at(stage.now().plus(POLL), () -> awaitAll(stage));
        }
    }

    private void measure(Stage stage) {
        for (NodeId node : stage.nodes()) {
            levels.add(level(stage, node));
        }
    }

    /** From 1 at the root; NaN for a node that is not below it. */
    private static double level(Stage stage, NodeId node) {
        NodeId root = stage.nodes().get(0);
        NodeId at = node;
        for (int level = 1; level <= stage.nodes().size(); level++) {
            if (at.equals(root)) {
                return level;
            }
            Optional<NodeId> parent = stage.state(at).flatMap(state -> ((RandTreeState) state).parent());
            if (parent.isEmpty()) {
                return Double.NaN;
            }
            at = parent.get();
        }
        return Double.NaN;
    }

    /** A node has handled an event. */
    void handled(NodeId node, RandTreeState state, long atNanos) {
        if (state.state() == ControlState.JOINED) {
            joinedNanos.putIfAbsent(node, atNanos);
        }
    }

    /** What has grown; to be asked when the stage has ended. */
    Growth outcome() {
        List<Double> millis = new ArrayList<>();
        calledNanos.forEach((node, called) -> {
            Long joined = joinedNanos.get(node);
            millis.add(joined == null ? Double.NaN : (joined - called) / 1e6);
        });
        return new Growth(millis, levels);
    }

    /**
     * One tree.
     *
     * @param joinMillis of each node but the root; NaN for one that has not joined
     * @param levels of each node; NaN for one that is not in the tree
     */
    record Growth(List<Double> joinMillis, List<Double> levels) {}
}
