package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Above;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Uses;
import java.util.ArrayList;
import java.util.List;

/** Key routing among the nodes 1 to n, but for who is next on the way. */
abstract class KeyRouter {
    /** A message on its way. */
    public record Hop(long key, Record payload) {}

    @Uses(ignored = {"lost", "quiet"})
    Datagrams datagrams;

    @Above
    KeyRouting.Upcalls above;

    public final int nodes;
    public NodeId self;
    public final List<NodeId> hops = new ArrayList<>();

    KeyRouter(int nodes) {
        this.nodes = nodes;
    }

    @OnStart
    void start(Node node) {
        self = node.self();
        hops.add(next(node));
    }

    /** Who gets a message for that node from here. */
    abstract NodeId hopTo(NodeId target, Node node);

    final NodeId next(Node node) {
        return NodeId.of(node.self().value() % nodes + 1);
    }

    private NodeId root(long key) {
        return NodeId.of(key % nodes + 1);
    }

    @OnDowncall
    void route(long key, Record message, Node node) {
        if (root(key).equals(node.self())) {
            above.deliver(key, message);
        } else {
            datagrams.post(hopTo(root(key), node), new Hop(key, message));
        }
    }

    @OnDowncall
    boolean isRoot(long key, Node node) {
        return root(key).equals(node.self());
    }

    @OnDowncall
    public List<NodeId> hops() {
        return hops;
    }

    @OnUpcall
    void received(NodeId from, Hop hop, Node node) {
        if (root(hop.key()).equals(node.self()) || above.forward(hop.key(), hop.payload())) {
            route(hop.key(), hop.payload(), node);
        }
    }

    @Neighbours
    List<NodeId> neighbours() {
        return hops;
    }
}
