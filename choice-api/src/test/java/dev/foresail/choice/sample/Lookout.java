package dev.foresail.choice.sample;

import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnSuspicion;
import dev.foresail.choice.Protocol;
import java.util.SortedSet;
import java.util.TreeSet;

/** Replaces a leader that is suspected, and one whose connection broke only when it does not answer. */
@Protocol("lookout")
public final class Lookout {
    public record Ask() {}

    public record Lead() {}

    public NodeId leader;
    public final SortedSet<NodeId> others = new TreeSet<>();

    boolean isLeader(@From NodeId peer) {
        return peer.equals(leader);
    }

    @OnSuspicion(when = "isLeader")
    void replaced(NodeId peer, @ChoicePoint(from = "others") NodeId next, Node node) {
        leader = next;
        others.remove(next);
        node.send(next, new Lead());
    }

    @OnSuspicion(when = "!isLeader")
    void silent(NodeId peer) {
        others.remove(peer);
    }

    @OnConnectionError(when = "isLeader")
    void lost(NodeId peer, Node node) {
        node.send(peer, new Ask());
    }

    @OnMessage
    void ask(Ask ask, @From NodeId from, Node node) {
        node.note("asked by " + from);
    }

    @OnMessage
    void lead(Lead lead, Node node) {
        leader = node.self();
    }
}
