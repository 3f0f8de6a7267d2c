package dev.foresail.choice.sample;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A protocol that hands its own collections about without a thought. */
@Protocol("basket")
public final class Basket {
    /** How ripe a fruit is. */
    public enum Ripeness {
        GREEN,
        RED
    }

    public record Fruit(String name, Optional<Ripeness> ripeness) {}

    public sealed interface Wish {}

    public record Nothing(Duration until) implements Wish {}

    public record AllOf(List<Wish> wishes, Pair<Integer, List<Fruit>> counted) implements Wish {}

    public record Pair<A, B>(A first, B second) {}

    public record Box(SortedSet<Integer> numbers) {}

    /** Holds no collection anywhere. */
    public record Label(int value, NodeId owner, Fruit fruit, Optional<Fruit> other, Pair<Fruit, Long> copies) {}

    /** Holds collections in every way there is. */
    public record Full(
            List<Integer> list,
            List<List<Fruit>> lists,
            SortedSet<String> set,
            SortedMap<NodeId, List<Integer>> map,
            SortedMap<String, Integer> plain,
            Box box,
            Optional<List<Integer>> maybe,
            Wish wish) {}

    /** Refuses more than three. */
    public record Strict(List<Integer> numbers) {
        public Strict {
            if (numbers.size() > 3) {
                throw new IllegalArgumentException("too many: " + numbers);
            }
        }
    }

    public List<Integer> numbers = new ArrayList<>();
    public final SortedSet<String> names = new TreeSet<>();
    public final SortedMap<NodeId, List<Integer>> byOwner = new TreeMap<>();

    @OnCall
    void take(List<Integer> given, SortedMap<String, List<Integer>> more, int extra, Node node) {
        numbers = given;
        node.note(more + " " + extra);
    }

    @OnCall
    void takeAndAdd(List<Integer> given) {
        numbers = given;
        numbers.add(1);
    }

    /** Goes on filling what it has sent. */
    @OnCall
    void give(NodeId to, Node node) {
        numbers.add(1);
        node.send(to, new Strict(numbers));
        numbers.add(2);
        node.send(to, new Strict(numbers));
        numbers.clear();
    }

    @OnMessage
    void label(Label label) {}

    @OnMessage
    void full(Full full) {
        full.map().clear();
    }

    /** Keeps the message's list and changes it. */
    @OnMessage
    void strict(Strict strict) {
        numbers = strict.numbers();
        numbers.add(4);
    }
}
