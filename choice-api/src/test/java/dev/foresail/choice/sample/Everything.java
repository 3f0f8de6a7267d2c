package dev.foresail.choice.sample;

import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A protocol with a field of every type that the processor understands; nested in a class. */
public final class Everything {
    private Everything() {}

    public enum Colour {
        RED,
        GREEN
    }

    public sealed interface Shape {}

    public record Circle(double radius) implements Shape {}

    public record Dot() implements Shape {}

    public record Group(List<Shape> parts) implements Shape {}

    public record Pair<A, B>(A first, B second) {}

    public record Positive(int in) {
        public Positive {
            if (in <= 0) {
                throw new IllegalArgumentException("not positive: " + in);
            }
        }
    }

    public record Values(SortedSet<NodeId> nodes, SortedMap<String, List<Integer>> table, Optional<Duration> delay) {}

    @Protocol("all-types")
    public static final class All {
        public final int limit;
        public final int derived;
        public boolean flag;
        public byte small;
        public short medium;
        public char letter;
        public int number;
        public long big;
        public float single;
        public double twice;
        public Integer boxed;
        public Character boxedLetter;

        @Durable
        public String text;

        public Colour colour;
        public NodeId node;
        public Duration delay;
        public UUID id;
        public Optional<NodeId> maybe = Optional.empty();
        public Positive positive;
        public Pair<String, Optional<Integer>> pair;
        public Shape shape;
        public Values values;
        public Histogram histogram = Histogram.EMPTY;
        public List<NodeId> list = new ArrayList<>();

        @Durable
        public final ArrayList<List<Integer>> nested = new ArrayList<>();

        public final Deque<Shape> queue = new ArrayDeque<>();
        public NavigableSet<String> sorted = new TreeSet<>();
        public final LinkedHashSet<Dot> dots = new LinkedHashSet<>();
        public final SortedMap<NodeId, SortedSet<Integer>> groups = new TreeMap<>();
        public LinkedHashMap<String, int[]> arrays = new LinkedHashMap<>();
        public final long[] fixed = new long[3];
        public byte[] bytes;
        public boolean[] flags;

        All(int limit) {
            this.limit = limit;
            this.derived = limit * 2;
        }

        boolean isAbove(int threshold) {
            return number > threshold;
        }

        List<Integer> upTo(int threshold) {
            List<Integer> numbers = new ArrayList<>();
            for (int each = 1; each <= threshold; each++) {
                numbers.add(each);
            }
            return numbers;
        }

        @OnMessage
        void shaped(Shape shape) {
            this.shape = shape;
        }

        @OnCall(when = "isAbove")
        void draw(int threshold, @ChoicePoint(from = "upTo") int first, @ChoicePoint(from = "sorted") String second) {
            number = first;
            text = second;
        }
    }
}
