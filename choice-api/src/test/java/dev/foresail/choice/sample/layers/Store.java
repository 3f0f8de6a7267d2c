package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Each;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Multiset;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Uses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values at the node that has their key; whoever puts one is told so by that node directly. */
@Protocol("store")
public final class Store {
    public record Put(long key, List<String> values, NodeId by) {}

    public record Done(long key) {}

    @Uses
    KeyRouting routing;

    @Uses(ignored = "quiet")
    Datagrams datagrams;

    @Durable
    public final SortedMap<Long, List<String>> values = new TreeMap<>();

    public final SortedMap<Long, Integer> done = new TreeMap<>();
    public final List<NodeId> lost = new ArrayList<>();

    @Durable
    public int forwarded;

    /** For tests. */
    public KeyRouting routing() {
        return routing;
    }

    @OnStart
    void start(Node node) {
        node.setTimer("again", Duration.ofMinutes(1));
    }

    @OnTimer("again")
    void again(Node node) {
        node.setTimer("again", Duration.ofMinutes(1));
    }

    @OnCall
    void put(long key, List<String> given, Node node) {
        routing.route(key, new Put(key, given, node.self()));
    }

    /** Only where the key is, as a layer below knows. */
    @OnCall(when = "isHere")
    void drop(long key) {
        values.remove(key);
    }

    boolean isHere(long key) {
        return routing.isRoot(key);
    }

    @OnUpcall
    void deliver(long key, Put put, Node node) {
        values.put(key, put.values());
        if (node.choose("answer", List.of(true, false))) {
            datagrams.post(put.by(), new Done(key));
        }
    }

    @OnUpcall
    boolean forward(long key, Record message) {
        forwarded++;
        return true;
    }

    @OnUpcall
    void received(NodeId from, Done message) {
        done.merge(message.key(), 1, Integer::sum);
    }

    @OnUpcall
    void lost(String layer, NodeId to) {
        lost.add(to);
    }

    @OnConnectionError
    void broken(NodeId peer) {
        lost.add(peer);
    }

    @Safety
    static boolean keysAreKeptOnce(@Each("keys") Multiset<Long> keys) {
        return keys.size() == keys.distinct();
    }

    static Set<Long> keys(Store state) {
        return state.values.keySet();
    }

    @Safety
    static boolean bounded(Store state) {
        return state.values.size() < 3;
    }

    @Aggregate
    static int stored(Store state) {
        return state.values.size();
    }

    @Metric
    static int load(SystemView<Store> view) {
        return view.nodes().stream()
                .mapToInt(node -> view.state(node).values.size())
                .sum();
    }
}
