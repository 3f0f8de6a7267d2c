package dev.foresail.eval.determinism;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.HandOver;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.network.random.RandomStream;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Any protocol that hands work on: who knows whom, how often work is handed on and how long it takes are drawn from the program's
 * number. Who gets it next is a choice; work for which there is no room waits.
 */
@Protocol("delegator")
public final class Delegator {
    private static final int MOST_FRIENDS = 4;
    private static final int MOST_HOPS = 4;
    private static final int MOST_WEIGHT = 9;
    private static final int MOST_LOAD = 12;
    private static final int MILLIS_OF_WEIGHT = 20;

    /** Work that may be handed on so many times. */
    public record Task(int weight, int hops) {}

    final int program;
    final int nodes;

    final SortedSet<NodeId> friends = new TreeSet<>();
    final SortedSet<NodeId> lost = new TreeSet<>();
    int load;
    int made;

    public Delegator(int program, int nodes) {
        this.program = program;
        this.nodes = nodes;
    }

    @OnStart
    void start(Node node) {
        RandomStream drawn = RandomStream.of(program, "friends", node.self().value());
        for (int left = 2 + drawn.nextInt(MOST_FRIENDS); left > 0; left--) {
            friends.add(NodeId.of(1 + drawn.nextInt(nodes)));
        }
        friends.remove(node.self());
        node.setTimer("make", Duration.ofMillis(MILLIS_OF_WEIGHT * node.self().value()));
    }

    @OnCall
    void give(int weight, Node node) {
        RandomStream drawn = RandomStream.of(program, "given", weight, made);
        node.send(node.self(), new Task(1 + weight, drawn.nextInt(MOST_HOPS)));
    }

    @OnTimer("make")
    void make(Node node) {
        made++;
        RandomStream drawn = RandomStream.of(program, "made", made, node.self().value());
        node.send(node.self(), new Task(1 + drawn.nextInt(MOST_WEIGHT), drawn.nextInt(MOST_HOPS)));
        node.setTimer("make", Duration.ofMillis((long) MILLIS_OF_WEIGHT * (5 + node.random(MOST_WEIGHT))));
    }

    boolean isToKeep(Task task) {
        return task.hops() == 0 || friends.isEmpty();
    }

    boolean hasRoom() {
        return load < MOST_LOAD;
    }

    @OnMessage(
            when = {"isToKeep", "hasRoom"},
            otherwise = Otherwise.DEFER)
    void keep(Task task, Node node) {
        load += task.weight();
        if (!node.isArmed("work")) {
            node.setTimer("work", Duration.ofMillis(MILLIS_OF_WEIGHT));
        }
    }

    @OnMessage(when = "!isToKeep", otherwise = Otherwise.DEFER)
    void handOn(Task task, @ChoicePoint(from = "friends", await = "30ms") NodeId friend, Node node) {
        node.send(friend, new Task(task.weight(), task.hops() - 1));
    }

    @OnTimer("work")
    void work(Node node) {
        load--;
        if (load > 0) {
            node.setTimer("work", Duration.ofMillis(MILLIS_OF_WEIGHT));
        }
    }

    @OnConnectionError
    void missed(NodeId peer, Node node) {
        if (friends.size() > 1 && friends.remove(peer)) {
            lost.add(peer);
            node.setTimer("forgive", Duration.ofMillis((long) MILLIS_OF_WEIGHT * MOST_WEIGHT));
        }
    }

    @OnTimer("forgive")
    void forgive(Node node) {
        friends.addAll(lost);
        lost.clear();
    }

    @Neighbours
    SortedSet<NodeId> friends() {
        return friends;
    }

    @Aggregate
    static int burden(Delegator node, Known<Integer> friends) {
        return node.load;
    }

    @HandOver("burden")
    static int handedOver(int burden, Task task) {
        return burden + task.weight();
    }

    /** Small when the work is spread evenly. */
    @Metric
    static double unevenness(SystemView<Delegator> system, Known<Integer> burden) {
        return burden.fold(0.0, (sum, load) -> sum + (double) load * load);
    }
}
