package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file goes from the first node to all others. Who knows whom is drawn: so many random rings through all nodes, each of which gives a node two
 * peers. Ends when everybody has all blocks, and notes {@code medianSeconds} and {@code lastSeconds}, until half of the others and until all
 * of them had; when the time is over before, what it notes is missing.
 */
public final class BlocksScenario implements Scenario {
    private static final Duration POLL = Duration.ofMillis(50);

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("rings", Integer.class, Optional.of("4")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(10);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        int rings = (Integer) values.get(0);
        if (rings < 1 || stage.nodes().size() < 2) {
            throw new IllegalArgumentException("[FS463] at least 1 ring and 2 nodes, not " + rings + " and "
                    + stage.nodes().size());
        }
        SortedMap<NodeId, SortedSet<NodeId>> peers = new TreeMap<>();
        stage.nodes().forEach(node -> peers.put(node, new TreeSet<>()));
        for (int ring = 0; ring < rings; ring++) {
            join(peers, shuffled(stage));
        }
        stage.nodes().forEach(stage::start);
        peers.forEach((node, others) -> stage.call(
                node,
                "meet",
                List.of(List.copyOf(others), Duration.ofNanos(stage.random().nextLong(Share.BEAT.toNanos())))));
        stage.call(stage.nodes().get(0), "seed", List.of());
        watch(stage, false);
    }

    private static void join(SortedMap<NodeId, SortedSet<NodeId>> peers, List<NodeId> ring) {
        for (int index = 0; index < ring.size(); index++) {
            NodeId one = ring.get(index);
            NodeId other = ring.get((index + 1) % ring.size());
            if (!one.equals(other)) {
                peers.computeIfPresent(one, (node, others) -> with(others, other));
                peers.computeIfPresent(other, (node, others) -> with(others, one));
            }
        }
    }

    private static SortedSet<NodeId> with(SortedSet<NodeId> others, NodeId added) {
        others.add(added);
        return others;
    }

    private static List<NodeId> shuffled(Stage stage) {
        List<NodeId> shuffled = new ArrayList<>(stage.nodes());
        for (int index = shuffled.size() - 1; index > 0; index--) {
            Collections.swap(shuffled, index, stage.random().nextInt(index + 1));
        }
        return shuffled;
    }

    private static void watch(Stage stage, boolean wasHalfThere) {
        long others = stage.nodes().size() - 1L;
        long complete = stage.nodes().stream()
                .skip(1)
                .flatMap(node -> stage.state(node).stream())
                .filter(state -> isComplete(((BlockState) state).share()))
                .count();
        double seconds = stage.now().toNanos() / 1e9;
        boolean isHalfThere = 2 * complete >= others;
        if (isHalfThere && !wasHalfThere) {
            stage.record("medianSeconds", seconds);
        }
        if (complete == others) {
            stage.record("lastSeconds", seconds);
            stage.finish();
        } else {
            stage.at(stage.now().plus(POLL), () -> watch(stage, isHalfThere));
        }
    }

    private static boolean isComplete(Share share) {
        return share.held().equals(Bitmap.all(share.rules().blocks()));
    }
}
