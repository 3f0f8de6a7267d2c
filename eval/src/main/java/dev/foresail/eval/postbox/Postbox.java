package dev.foresail.eval.postbox;

import dev.foresail.choice.Durable;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.Uses;
import dev.foresail.predictor.transport.Transport;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Posts numbered letters, and remembers since its start which it has received and which posts have failed. */
@Protocol("postbox")
public final class Postbox {
    public record Letter(int number) {}

    @Uses
    Transport transport;

    @Durable
    int posted;

    final SortedMap<NodeId, SortedSet<Integer>> received = new TreeMap<>();
    boolean receivedTwice;
    int failures;

    @OnCall
    void post(NodeId to) {
        posted++;
        transport.send(to, new Letter(posted));
    }

    @OnUpcall
    void received(NodeId from, Letter letter) {
        receivedTwice |=
                !received.computeIfAbsent(from, added -> new TreeSet<>()).add(letter.number());
    }

    @OnUpcall
    void failed(NodeId to) {
        failures++;
    }

    /** How many letters have come from a node. */
    int receivedFrom(NodeId sender) {
        return received.getOrDefault(sender, new TreeSet<>()).size();
    }

    /** No letter comes twice to the same start of a node. */
    @Safety
    static boolean lettersComeOnce(Postbox node) {
        return !node.receivedTwice;
    }
}
