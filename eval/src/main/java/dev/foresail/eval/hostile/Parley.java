package dev.foresail.eval.hostile;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Nodes that say numbers to each other, and notice each that is missing. */
@Protocol("parley")
public final class Parley {
    /** The speaker's next number, from 1. */
    public record Word(long number) {}

    /** To one of the friends, whichever the speaker chose. */
    public record Aside(long load) {}

    final SortedSet<NodeId> friends = new TreeSet<>();
    final SortedMap<NodeId, Long> said = new TreeMap<>();
    final SortedMap<NodeId, Long> heard = new TreeMap<>();
    final SortedMap<NodeId, Long> broken = new TreeMap<>();
    final SortedMap<NodeId, Long> outOfOrder = new TreeMap<>();
    long load;

    @OnCall
    void befriend(NodeId peer) {
        friends.add(peer);
    }

    @OnCall
    void say(NodeId to, int words, Node node) {
        for (int count = 0; count < words; count++) {
            node.send(to, new Word(said.merge(to, 1L, Long::sum)));
        }
    }

    @OnMessage
    void hear(Word word, @From NodeId from) {
        if (word.number() != heard.getOrDefault(from, 0L) + 1) {
            outOfOrder.merge(from, 1L, Long::sum);
        }
        heard.put(from, word.number());
    }

    /** A choice, which makes the node look ahead from what it knows of its friends. */
    @OnCall
    void confide(@ChoicePoint(from = "friends", fallback = Fallback.FIRST) NodeId friend, Node node) {
        node.send(friend, new Aside(1));
    }

    @OnMessage
    void listen(Aside aside) {
        load += aside.load();
    }

    @OnConnectionError
    void lost(NodeId peer) {
        broken.merge(peer, 1L, Long::sum);
    }

    @Neighbours
    SortedSet<NodeId> friends() {
        return friends;
    }

    /** The asides that a node has listened to. */
    @Aggregate
    static long load(Parley node, Known<Long> friends) {
        return node.load;
    }

    /** How uneven the load is. */
    @Metric
    static double unevenness(SystemView<Parley> system) {
        double sum = 0;
        for (NodeId node : system.nodes()) {
            sum += (double) system.state(node).load * system.state(node).load;
        }
        return sum;
    }
}
