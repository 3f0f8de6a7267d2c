package dev.foresail.eval.dht;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.PastryScenario;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes come one after the other and join; half a minute later random nodes put values under random keys, each key twice or more, and a minute before the end random nodes get them. Notes {@code puts} that were acknowledged; {@code lost}, keys
 * of these of which no node has a value in the end that may be the last one; {@code found}, the share of answers that were such a value; {@code old}, answers with a value that was replaced; and {@code wrong}, with one that was put under no such key. Nodes that come back
 * have lost all. For {@code dht} over an overlay whose nodes {@code join} over one they know.
 */
public abstract class HashTableScenario implements Scenario {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final String overlay;

    HashTableScenario(String overlay) {
        this.overlay = overlay;
    }

    /** Over {@link dev.foresail.eval.pastry.Pastry}. */
    public static final class OverPastry extends HashTableScenario {
        public OverPastry() {
            super("pastry");
        }
    }

    /** Over {@link dev.foresail.eval.chord.Chord}. */
    public static final class OverChord extends HashTableScenario {
        public OverChord() {
            super("chord");
        }
    }

    /** Over {@link dev.foresail.eval.skipnet.SkipNet}. */
    public static final class OverSkipNet extends HashTableScenario {
        public OverSkipNet() {
            super("skipnet");
        }
    }

    @Override
    public String name() {
        return "dht/" + overlay;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("1m")),
                new ParameterDescription("puts", Integer.class, Optional.of("200")),
                new ParameterDescription("keys", Integer.class, Optional.of("100")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /** @param values {@code joinWithin}: until the last node is there; {@code puts}: how many values are put, all within half a minute; {@code keys}: under how many keys, one after the other and again from the first */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration putting = ((Duration) values.get(0)).plus(HALF_A_MINUTE);
        int puts = (Integer) values.get(1);
        int keys = (Integer) values.get(2);
        List<Long> drawn = new ArrayList<>();
        PastryScenario.join(stage, (Duration) values.get(0));
        PutHistory history = new PutHistory();
        for (int number = 0; number < puts; number++) {
            long value = number;
            stage.at(putting.plus(HALF_A_MINUTE.multipliedBy(number).dividedBy(puts)), () -> {
                if (drawn.size() < keys) {
                    drawn.add(stage.random().nextLong());
                }
                long key = drawn.get((int) (value % keys));
                history.asked(value, key, stage.now());
                somebody(stage).ifPresent(node -> stage.call(node, "put", List.of(key, value)));
            });
        }
        for (int second = 0; second < 2 * HALF_A_MINUTE.toSeconds(); second++) {
            stage.at(
                    putting.plusSeconds(second),
                    () -> tables(stage)
                            .values()
                            .forEach(table -> table.acknowledged
                                    .values()
                                    .forEach(value -> history.acknowledged(value, stage.now()))));
        }
        Duration end = duration(stage.nodes().size());
        stage.at(
                end.minus(HALF_A_MINUTE.multipliedBy(2)),
                () -> history.keys()
                        .forEach(key -> somebody(stage).ifPresent(node -> stage.call(node, "get", List.of(key)))));
        stage.at(end.minusSeconds(1), () -> measure(stage, history));
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> values) {
        RoutingScenario.rejoin(stage, node);
    }

    private static Optional<NodeId> somebody(Stage stage) {
        List<NodeId> up = stage.nodes().stream().filter(stage::isUp).toList();
        return up.isEmpty()
                ? Optional.empty()
                : Optional.of(up.get(stage.random().nextInt(up.size())));
    }

    private static SortedMap<NodeId, HashTable> tables(Stage stage) {
        SortedMap<NodeId, HashTable> tables = new TreeMap<>();
        stage.nodes()
                .forEach(node ->
                        stage.state(node).ifPresent(state -> tables.put(node, ((Stack) state).layer(HashTable.class))));
        return tables;
    }

    private static void measure(Stage stage, PutHistory history) {
        SortedSet<Long> lost = new TreeSet<>(history.keys());
        int answers = 0;
        int right = 0;
        int old = 0;
        int wrong = 0;
        for (HashTable table : tables(stage).values()) {
            table.store.forEach((key, copy) -> {
                if (history.mayBeLast(key, copy.value())) {
                    lost.remove(key);
                }
            });
            for (long key : table.found.keySet()) {
                Optional<Long> value = Objects.requireNonNull(table.found.get(key));
                answers++;
                right += value.filter(some -> history.mayBeLast(key, some)).isPresent() ? 1 : 0;
                old += value.filter(some -> history.isReplaced(key, some)).isPresent() ? 1 : 0;
                wrong += value.filter(some -> !history.isOf(key, some)).isPresent() ? 1 : 0;
            }
        }
        stage.record("puts", history.acknowledged());
        stage.record("lost", lost.size());
        stage.record("found", (double) right / StrictMath.max(1, answers));
        stage.record("old", old);
        stage.record("wrong", wrong);
    }
}
