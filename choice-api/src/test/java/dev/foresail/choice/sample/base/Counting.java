package dev.foresail.choice.sample.base;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/** What counts, and passes numbers on; all that a protocol can have, for protocols of other packages. */
public abstract class Counting implements Counter {
    public record Number(int value) {}

    public final int most;

    @Durable
    public int sum;

    public final SortedSet<NodeId> others = new TreeSet<>();

    protected Counting(int most) {
        this.most = most;
    }

    @Override
    public int sum() {
        return sum;
    }

    public boolean isFull() {
        return sum >= most;
    }

    @OnStart
    public void start(Node node) {
        node.setTimer("tick", Duration.ofMillis(10));
    }

    @OnTimer("tick")
    public void tick(Node node) {
        sum++;
        step(node);
    }

    protected abstract void step(Node node);

    @OnMessage(when = "!isFull")
    public void add(Number number) {
        sum += number.value();
    }

    @OnMessage(when = "isFull")
    public void pass(Number number, @ChoicePoint(from = "others", fallback = Fallback.FIRST) NodeId other, Node node) {
        node.send(other, number);
    }

    @OnCall
    public void meet(NodeId other) {
        others.add(other);
    }

    @Neighbours
    public SortedSet<NodeId> known() {
        return others;
    }

    @Aggregate
    public static int total(Counting counting, Known<Integer> others) {
        return others.fold(counting.sum, Integer::sum);
    }

    @Metric
    public static double largest(SystemView<Counter> view, Known<Integer> total) {
        return view.nodes().stream().mapToInt(id -> view.state(id).sum()).max().orElse(0);
    }

    @Safety
    public static boolean isNotNegative(Counting counting) {
        return counting.sum >= 0;
    }

    @Safety
    public static boolean isBounded(SystemView<Counting> view) {
        return view.all(counting -> counting.sum <= counting.most * 2);
    }
}
