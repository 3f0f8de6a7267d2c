package dev.foresail.choice.processor;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.sample.Everything;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Random states of {@link Everything.All}; the same seed gives the same state. */
final class RandomStates {
    private final Random random;

    RandomStates(long seed) {
        random = new Random(seed);
    }

    /** Fills all fields; references are null now and then. */
    Everything.All fill(Everything.All state) {
        fillScalars(state);
        fillReferences(state);
        state.list = list(this::node);
        state.nested.addAll(list(() -> list(() -> random.nextInt(100))));
        state.queue.addAll(list(() -> shape(2)));
        state.sorted = new TreeSet<>(list(this::text));
        if (random.nextBoolean()) {
            state.dots.add(new Everything.Dot());
        }
        list(this::node).forEach(node -> state.groups.put(node, new TreeSet<>(list(random::nextInt))));
        state.arrays = new LinkedHashMap<>();
        list(this::text).forEach(text -> state.arrays.put(text, new int[] {random.nextInt(), 7}));
        state.fixed[1] = random.nextLong();
        return state;
    }

    private void fillScalars(Everything.All state) {
        state.flag = random.nextBoolean();
        state.small = (byte) random.nextInt();
        state.medium = (short) random.nextInt();
        state.letter = (char) random.nextInt();
        state.number = random.nextInt();
        state.big = random.nextLong();
        state.single = random.nextFloat();
        state.twice = random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
    }

    private void fillReferences(Everything.All state) {
        state.boxed = orNull(random::nextInt);
        state.boxedLetter = orNull(() -> 'x');
        state.text = orNull(this::text);
        state.colour = orNull(() -> Everything.Colour.values()[random.nextInt(2)]);
        state.node = orNull(this::node);
        state.delay = orNull(() -> Duration.ofNanos(random.nextLong()));
        state.id = orNull(() -> new UUID(random.nextLong(), random.nextLong()));
        state.maybe = random.nextBoolean() ? Optional.of(node()) : Optional.empty();
        state.positive = orNull(() -> new Everything.Positive(1 + random.nextInt(9)));
        state.pair = orNull(() -> new Everything.Pair<>(text(), Optional.of(3)));
        state.shape = orNull(() -> shape(3));
        state.values = orNull(this::values);
        state.histogram = new Histogram(list(() -> random.nextInt(9)));
        state.bytes = orNull(() -> text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        state.flags = orNull(() -> new boolean[] {random.nextBoolean()});
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private NodeId node() {
        return NodeId.of(random.nextInt(1000));
    }

    private String text() {
        return "text " + random.nextInt(50) + " ä";
    }

    private Everything.Shape shape(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 3)) {
            case 0 -> new Everything.Dot();
            case 1 -> new Everything.Circle(random.nextGaussian());
            default -> new Everything.Group(list(() -> shape(depth - 1)));
        };
    }

    private Everything.Values values() {
        SortedSet<NodeId> nodes = new TreeSet<>(list(this::node));
        SortedMap<String, List<Integer>> table = new TreeMap<>();
        list(this::text).forEach(text -> table.put(text, list(random::nextInt)));
        return new Everything.Values(nodes, table, Optional.of(Duration.ofMillis(random.nextInt(9))));
    }
}
