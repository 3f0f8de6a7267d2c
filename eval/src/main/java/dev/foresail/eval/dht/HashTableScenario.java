package dev.foresail.eval.dht;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.PastryScenario;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes come one after the other and join; half a minute later random nodes put values under keys of their own, and a minute before the end random nodes get them. Notes {@code puts} that were acknowledged; of these
 * {@code lost}, those that no node has in the end, and {@code found}, the share of answers that were the value; and {@code wrong}, answers with a value that was put under no such key. Nodes that come back
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

    @Override
    public String name() {
        return "dht/" + overlay;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("1m")),
                new ParameterDescription("puts", Integer.class, Optional.of("200")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /** @param values {@code joinWithin}: until the last node is there; {@code puts}: how many values are put, all within half a minute */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration putting = ((Duration) values.get(0)).plus(HALF_A_MINUTE);
        int puts = (Integer) values.get(1);
        PastryScenario.join(stage, (Duration) values.get(0));
        SortedMap<Long, Long> asked = new TreeMap<>();
        SortedSet<Long> acknowledged = new TreeSet<>();
        for (int number = 0; number < puts; number++) {
            long value = number;
            stage.at(putting.plus(HALF_A_MINUTE.multipliedBy(number).dividedBy(puts)), () -> {
                long key = stage.random().nextLong();
                asked.put(key, value);
                somebody(stage).ifPresent(node -> stage.call(node, "put", List.of(key, value)));
            });
        }
        for (int second = 0; second < 2 * HALF_A_MINUTE.toSeconds(); second++) {
            stage.at(
                    putting.plusSeconds(second),
                    () -> tables(stage).values().forEach(table -> acknowledged.addAll(table.acknowledged.keySet())));
        }
        Duration end = duration(stage.nodes().size());
        stage.at(
                end.minus(HALF_A_MINUTE.multipliedBy(2)),
                () -> acknowledged.forEach(
                        key -> somebody(stage).ifPresent(node -> stage.call(node, "get", List.of(key)))));
        stage.at(end.minusSeconds(1), () -> measure(stage, asked, acknowledged));
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

    private static void measure(Stage stage, SortedMap<Long, Long> asked, SortedSet<Long> acknowledged) {
        SortedSet<Long> there = new TreeSet<>();
        int answers = 0;
        int right = 0;
        int wrong = 0;
        for (HashTable table : tables(stage).values()) {
            there.addAll(table.store.keySet());
            for (long key : table.found.keySet()) {
                Optional<Long> value = Objects.requireNonNull(table.found.get(key));
                answers++;
                right += value.equals(Optional.ofNullable(asked.get(key))) ? 1 : 0;
                wrong += value.isPresent() && !value.equals(Optional.ofNullable(asked.get(key))) ? 1 : 0;
            }
        }
        stage.record("puts", acknowledged.size());
        acknowledged.removeAll(there);
        stage.record("lost", acknowledged.size());
        stage.record("found", (double) right / StrictMath.max(1, answers));
        stage.record("wrong", wrong);
    }
}
