package dev.foresail.eval.soak;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.emulation.EmulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Draws faults and injects them; counts those that have taken place. On the stage's thread only. */
final class Faults {
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_DOWN = Duration.ofSeconds(5);
    private static final Duration LONGEST_CUT = Duration.ofSeconds(8);
    private static final Duration LONGEST_PARTITION = Duration.ofSeconds(5);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Stage stage;
    private final EmulatedNetwork network;
    private final Consumer<NodeId> started;
    private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);

    /** @param started is told of a node that has begun again */
    Faults(Stage stage, EmulatedNetwork network, Consumer<NodeId> started) {
        this.stage = stage;
        this.network = network;
        this.started = started;
        for (Fault fault : Fault.values()) {
            injected.put(fault, 0L);
        }
    }

    Map<Fault, Long> injected() {
        return Collections.unmodifiableMap(injected);
    }

    /** The longest that a node is down or cut off after the last fault. */
    static Duration longest() {
        return LONGEST_CUT;
    }

    /** One fault, drawn evenly from all kinds, at nodes that are up. */
    void inject() {
        Fault[] kinds = Fault.values();
        Fault fault = kinds[stage.random().nextInt(kinds.length)];
        List<NodeId> up =
                new ArrayList<>(stage.nodes().stream().filter(stage::isUp).toList());
        if (up.size() < 2) {
            return;
        }
        injected.merge(fault, 1L, Long::sum);
        NodeId node = up.remove(stage.random().nextInt(up.size()));
        NodeId other = up.get(stage.random().nextInt(up.size()));
        switch (fault) {
            case CRASH -> crash(node, () -> stage.restart(node));
            case CRASH_FORGETTING -> crash(node, () -> stage.restartAnew(node));
            case SILENT_RESET -> {
                stage.silentReset(node);
                started.accept(node);
            }
            case BREAK -> stage.breakConnection(node, other);
            case CUT -> stage.cut(node, other, drawn(LONGEST_CUT));
            case PARTITION -> partition();
            case HOLD -> hold(node, other);
            case PAUSE -> stage.pause(node, drawn(LONGEST_PAUSE));
        }
    }

    private void crash(NodeId node, Runnable restart) {
        stage.crash(node, Duration.ZERO, NOTICED_WITHIN);
        long crash = stage.latestCrash(node);
        stage.at(stage.now().plus(drawn(LONGEST_DOWN)), () -> {
            if (stage.isDownSince(node, crash)) {
                restart.run();
                started.accept(node);
            }
        });
    }

    private void partition() {
        List<NodeId> one = new ArrayList<>();
        List<NodeId> other = new ArrayList<>();
        for (NodeId node : stage.nodes()) {
            (stage.random().nextInt(4) == 0 ? one : other).add(node);
        }
        stage.partition(List.of(one, other), drawn(LONGEST_PARTITION));
    }

    private void hold(NodeId from, NodeId to) {
        network.partition(from, to);
        stage.at(stage.now().plus(drawn(LONGEST_HOLD)), () -> network.heal(from, to));
    }

    private Duration drawn(Duration longest) {
        return Duration.ofNanos(1 + (long) (stage.random().nextDouble() * longest.toNanos()));
    }

    /** A node that is up, and not {@code but}. */
    Optional<NodeId> anyUp(NodeId but) {
        List<NodeId> up = stage.nodes().stream()
                .filter(node -> !node.equals(but) && stage.isUp(node))
                .toList();
        return up.isEmpty()
                ? Optional.empty()
                : Optional.of(up.get(stage.random().nextInt(up.size())));
    }
}
