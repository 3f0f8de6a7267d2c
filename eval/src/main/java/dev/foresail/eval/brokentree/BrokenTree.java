package dev.foresail.eval.brokentree;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Graphs;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A tree that reshapes itself: now and then the root sends a wave down, and each node that it reaches moves, with a
 * probability of 2/5, below a sibling or its grandparent. The bug BT-1: two siblings may move below one another. Mended,
 * nobody moves below a greater id.
 */
@Protocol("broken-tree")
public final class BrokenTree {
    /** "Move, if you like": from the parent. */
    public record Wave(SortedSet<NodeId> siblings, Optional<NodeId> grandparent) {
        public Wave {
            siblings = Collections.unmodifiableSortedSet(new TreeSet<>(siblings));
        }
    }

    /** "I am your child now." */
    public record Adopt() {}

    /** "I am your child no more." */
    public record Leave() {}

    final String bug;
    final Duration period;
    Optional<NodeId> parent = Optional.empty();
    final SortedSet<NodeId> children = new TreeSet<>();

    /**
     * @param bug {@code BT-1} or {@code none}
     * @param period from wave to wave
     */
    public BrokenTree(@Default("none") String bug, @Default("5s") Duration period) {
        this.bug = bug;
        this.period = period;
    }

    @OnCall
    void lead(Node node) {
        node.setTimer("wave", period);
    }

    boolean isAlone() {
        return parent.isEmpty();
    }

    @OnCall(when = "isAlone")
    void join(NodeId above, Node node) {
        parent = Optional.of(above);
        node.send(above, new Adopt());
    }

    @OnTimer("wave")
    void begin(Node node) {
        pass(node);
        node.setTimer("wave", period);
    }

    private void pass(Node node) {
        for (NodeId child : children) {
            node.send(child, new Wave(children, parent));
        }
    }

    boolean isFromParent(@From NodeId from) {
        return parent.equals(Optional.of(from));
    }

    @OnMessage(when = "isFromParent", otherwise = Otherwise.DROP)
    void wave(Wave wave, @From NodeId from, Node node) {
        pass(node);
        SortedSet<NodeId> places = new TreeSet<>(wave.siblings());
        wave.grandparent().ifPresent(places::add);
        places.remove(node.self());
        if (!bug.equals("BT-1")) {
            places.removeIf(place -> place.compareTo(node.self()) > 0);
        }
        if (!places.isEmpty() && node.random(5) < 2) {
            NodeId place = List.copyOf(places).get(node.random(places.size()));
            parent = Optional.of(place);
            node.send(from, new Leave());
            node.send(place, new Adopt());
        }
    }

    @OnMessage
    void adopt(Adopt adopt, @From NodeId from) {
        children.add(from);
    }

    @OnMessage
    void leave(Leave leave, @From NodeId from) {
        children.remove(from);
    }

    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>(children);
        parent.ifPresent(family::add);
        return family;
    }

    @Safety
    static boolean hasNoLoops(SystemView<BrokenTree> system) {
        return Graphs.isForest(system, node -> node.parent);
    }
}
