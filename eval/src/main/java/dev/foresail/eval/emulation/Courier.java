package dev.foresail.eval.emulation;

import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sends letters, one peer after the other at an even pace, that say when they were sent; or loads, as fast as the link takes
 * them. Only for nodes of one process: they share a clock.
 */
@Protocol("courier")
public final class Courier {
    /** Sent at a time of the clock that all nodes share. */
    public record Letter(long sentNanos) {}

    /** Something heavy. */
    public record Load(String text) {}

    /** A load has arrived; the next may leave. */
    public record Empty() {}

    /** As much as keeps the fastest link that is asked for, 100 Mbit/s, full over a round trip of 670 ms. */
    static final int WINDOW = 512;

    static final int LOAD_BYTES = 1 << 14;

    final List<NodeId> route = new ArrayList<>();
    int next;
    long paceNanos;
    boolean loading;
    int broken;
    long posted;
    long letters;

    /** What has arrived of each peer since the last {@code forget}: delays of letters that had no other before them. */
    final SortedMap<NodeId, List<Long>> delays = new TreeMap<>();

    final SortedMap<NodeId, Long> lastLetterNanos = new TreeMap<>();
    final SortedMap<NodeId, Long> loads = new TreeMap<>();
    final SortedMap<NodeId, Long> firstLoadNanos = new TreeMap<>();
    final SortedMap<NodeId, Long> lastLoadNanos = new TreeMap<>();

    /** A letter to one peer each {@code paceNanos}, round and round. */
    @OnCall
    void deliver(List<NodeId> peers, long everyNanos, Node node) {
        route.clear();
        route.addAll(peers);
        paceNanos = everyNanos;
        node.setTimer("post", Duration.ofNanos(everyNanos));
    }

    /** No more letters or loads; what is under way arrives. */
    @OnCall
    void rest(Node node) {
        loading = false;
        node.cancelTimer("post");
    }

    /** What has been measured so far does not count. */
    @OnCall
    void forget() {
        delays.clear();
        loads.clear();
        firstLoadNanos.clear();
        lastLoadNanos.clear();
    }

    /** Loads to one peer, as many as the link takes. */
    @OnCall
    void haul(NodeId peer, Node node) {
        loading = true;
        for (int load = 0; load < WINDOW; load++) {
            node.send(peer, new Load("x".repeat(LOAD_BYTES)));
        }
    }

    @OnTimer("post")
    void post(Node node) {
        node.setTimer("post", Duration.ofNanos(paceNanos));
        next = (next + 1) % route.size();
        posted++;
        node.send(route.get(next), new Letter(node.nowNanos()));
    }

    @OnMessage
    void letter(Letter letter, @From NodeId from, Node node) {
        letters++;
        long now = node.nowNanos();
        // Order is kept: behind another letter, it would be that one's delay.
        if (letter.sentNanos() >= lastLetterNanos.getOrDefault(from, Long.MIN_VALUE)) {
            delays.computeIfAbsent(from, added -> new ArrayList<>()).add(now - letter.sentNanos());
        }
        lastLetterNanos.put(from, now);
    }

    @OnMessage
    void load(Load load, @From NodeId from, Node node) {
        long now = node.nowNanos();
        firstLoadNanos.putIfAbsent(from, now);
        lastLoadNanos.put(from, now);
        loads.merge(from, 1L, Long::sum);
        node.send(from, new Empty());
    }

    @OnMessage
    void empty(Empty empty, @From NodeId from, Node node) {
        if (loading) {
            node.send(from, new Load("x".repeat(LOAD_BYTES)));
        }
    }

    @OnConnectionError
    void lost(NodeId peer) {
        broken++;
    }
}
