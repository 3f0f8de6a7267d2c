package dev.foresail.choice.sample;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Graphs;
import dev.foresail.choice.HandOver;
import dev.foresail.choice.Histogram;
import dev.foresail.choice.Known;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small tree protocol that uses most of what there is. */
@Protocol("tree")
public final class Tree {
    public record Join(NodeId joiner, int subtree) {}

    public sealed interface Answer permits Welcome, Sorry {}

    public record Welcome(NodeId root) implements Answer {}

    public record Sorry(Optional<String> reason) implements Answer {}

    public record Work(int amount) {}

    public final int fanout;
    public final Duration period;

    @Durable
    public int starts;

    public NodeId parent;
    public final SortedSet<NodeId> children = new TreeSet<>();
    public final SortedMap<NodeId, Integer> load = new TreeMap<>();

    public Tree(@Default("2") int fanout, @Default("500ms") Duration period) {
        this.fanout = fanout;
        this.period = period;
    }

    boolean hasRoom() {
        return children.size() < fanout;
    }

    boolean knows(Join join) {
        return children.contains(join.joiner());
    }

    boolean isSelf(NodeId bootstrap, Node node) {
        return node.self().equals(bootstrap);
    }

    @Neighbours
    SortedSet<NodeId> around() {
        SortedSet<NodeId> around = new TreeSet<>(children);
        Optional.ofNullable(parent).ifPresent(around::add);
        return around;
    }

    @OnStart
    void start(Node node) {
        starts++;
        node.setTimer("probe", period);
    }

    @OnRestart
    void restart(Node node) {
        starts += 100;
        node.setTimer("probe", period);
    }

    @OnCall(when = "!isSelf")
    void join(NodeId bootstrap, Node node) {
        node.send(bootstrap, new Join(node.self(), 1));
    }

    @OnMessage(when = {"!knows", "hasRoom"})
    void adopt(Join join, Node node) {
        children.add(join.joiner());
        load.put(join.joiner(), join.subtree());
        node.send(join.joiner(), new Welcome(node.self()));
    }

    @OnMessage(when = {"!knows", "!hasRoom"})
    void delegate(
            Join join,
            @ChoicePoint(from = "load", fallback = Fallback.ROUND_ROBIN, await = "5ms", repeatable = true) NodeId child,
            Node node) {
        load.merge(child, join.subtree(), Integer::sum);
        node.send(child, join);
    }

    @OnMessage(when = "knows")
    void again(Join join) {
        load.put(join.joiner(), join.subtree());
    }

    @OnMessage(otherwise = Otherwise.DROP)
    void answered(Answer answer, @From NodeId from, Node node) {
        if (answer instanceof Welcome) {
            parent = from;
        }
        node.note("answered");
    }

    @OnMessage(when = "hasRoom", choice = "work", otherwise = Otherwise.DEFER)
    void keep(Work work) {
        starts += work.amount();
    }

    @OnMessage(when = "hasRoom", choice = "work", otherwise = Otherwise.DEFER)
    void pass(Work work, @ChoicePoint(from = "children") NodeId child, Node node) {
        node.send(child, work);
    }

    @OnTimer("probe")
    void probe(Node node) {
        node.setTimer("probe", period);
    }

    @OnConnectionError
    void lost(NodeId peer) {
        children.remove(peer);
        load.remove(peer);
        if (peer.equals(parent)) {
            parent = null;
        }
    }

    @Aggregate
    static int size(Tree tree, Known<Integer> children) {
        return children.fold(1, Integer::sum);
    }

    @Aggregate
    static Histogram levels(Tree tree, Known<Histogram> children) {
        return children.fold(Histogram.one(), (sum, below) -> sum.plus(below.shifted(1)));
    }

    @HandOver("size")
    static int handed(int size, Join join) {
        return size + join.subtree();
    }

    @Metric
    static double depth(SystemView<Tree> system, Known<Histogram> levels) {
        return levels.fold(0, (deepest, each) -> Math.max(deepest, each.levels()));
    }

    @Metric
    static int known(SystemView<Tree> system) {
        return system.nodes().size();
    }

    @Safety
    static boolean isNotOverfull(Tree tree) {
        return tree.children.size() <= tree.fanout;
    }

    @Safety
    static boolean isNotItsOwnParent(Tree tree, NodeId self) {
        return !self.equals(tree.parent);
    }

    @Liveness(within = "30s")
    static boolean isForest(SystemView<Tree> system) {
        return Graphs.isForest(system, tree -> Optional.ofNullable(tree.parent));
    }
}
