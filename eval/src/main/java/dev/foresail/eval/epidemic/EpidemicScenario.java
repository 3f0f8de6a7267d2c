package dev.foresail.eval.epidemic;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * An update comes to one of many nodes, each of which knows a few. Who knows whom is drawn: so many random rings through
 * all nodes, each of which gives a node two peers, so that everybody can be reached. Nodes begin their rounds at random
 * times. The update comes when rounds have gone on for a while. Ends when the share is reached that is asked for, and
 * notes {@code secondsToShare} since the update came.
 */
public final class EpidemicScenario implements Scenario {
    private static final Duration POLL = Duration.ofMillis(10);

    @Override
    public String name() {
        return "epidemic";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("rings", Integer.class, Optional.of("6")),
                new ParameterDescription("within", Duration.class, Optional.of("1s")),
                new ParameterDescription("updateAt", Duration.class, Optional.of("4s")),
                new ParameterDescription("percent", Integer.class, Optional.of("99")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(1);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        int rings = (Integer) values.get(0);
        long withinNanos = ((Duration) values.get(1)).toNanos();
        Duration updateAt = (Duration) values.get(2);
        int percent = (Integer) values.get(3);
        if (rings < 1 || withinNanos < 1 || percent < 1 || percent > 100) {
            throw new IllegalArgumentException("[FS464] at least 1 ring, a time above 0 and 1 to 100 percent, not "
                    + rings + ", " + values.get(1) + " and " + percent);
        }
        if (stage.nodes().size() < 2) {
            throw new IllegalArgumentException("[FS464] at least 2 nodes, as everybody exchanges with others, not "
                    + stage.nodes().size());
        }
        SortedMap<NodeId, List<NodeId>> views = views(stage.nodes(), rings, stage.random());
        stage.nodes().forEach(stage::start);
        views.forEach((node, view) -> stage.call(
                node, "meet", List.of(view, Duration.ofNanos(stage.random().nextLong(withinNanos)))));
        stage.at(updateAt, () -> {
            stage.call(stage.nodes().get(0), "tell", List.of());
            watch(stage, updateAt, percent);
        });
    }

    /** Whom each node knows, in an order of its own. */
    private static SortedMap<NodeId, List<NodeId>> views(Collection<NodeId> nodes, int rings, RandomGenerator random) {
        SortedMap<NodeId, SortedSet<NodeId>> known = new TreeMap<>();
        nodes.forEach(node -> known.put(node, new TreeSet<>()));
        for (int ring = 0; ring < rings; ring++) {
            List<NodeId> order = shuffled(nodes, random);
            for (int index = 0; index < order.size(); index++) {
                NodeId one = order.get(index);
                NodeId other = order.get((index + 1) % order.size());
                if (!one.equals(other)) {
                    known.computeIfPresent(one, (node, view) -> with(view, other));
                    known.computeIfPresent(other, (node, view) -> with(view, one));
                }
            }
        }
        SortedMap<NodeId, List<NodeId>> views = new TreeMap<>();
        known.forEach((node, view) -> views.put(node, shuffled(view, random)));
        return views;
    }

    private static SortedSet<NodeId> with(SortedSet<NodeId> view, NodeId added) {
        view.add(added);
        return view;
    }

    private static List<NodeId> shuffled(Collection<NodeId> nodes, RandomGenerator random) {
        List<NodeId> shuffled = new ArrayList<>(nodes);
        for (int index = shuffled.size() - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            NodeId moved = shuffled.set(index, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }

    private static void watch(Stage stage, Duration since, int percent) {
        long heard = stage.nodes().stream()
                .flatMap(node -> stage.state(node).stream())
                .filter(state -> ((EpidemicState) state).hasHeard())
                .count();
        if (100 * heard >= (long) percent * stage.nodes().size()) {
            stage.record("secondsToShare", stage.now().minus(since).toNanos() / 1e9);
            stage.finish();
        } else {
            stage.at(stage.now().plus(POLL), () -> watch(stage, since, percent));
        }
    }
}
