package dev.foresail.eval.dht;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Uses;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hash table whose values are on the root of their key and on the nodes that come next. A put is acknowledged when all of these have it, and a get is answered by the root alone, or by the next of them when the root
 * has only just become it.
 *
 * <p>Nodes fail and come all the time, so roots send what they have to the other holders in every period, and who has not heard of a copy from its root for a few of them sends it there: a root that has just come
 * gets its values in this way, and a holder that is one no longer is told to forget them.
 */
@Protocol("dht")
public final class HashTable {
    /** Routed to the root. */
    public record Put(NodeId client, long request, long value) {}

    /** The answer to it, when all holders have the value. */
    public record Stored(long key, long request) {}

    /** Routed to the root. */
    public record Get(NodeId client, long request) {}

    /** The same, handed on to another holder by one that has no value; {@code others} come after that. */
    public record Ask(long key, Get get, List<NodeId> others) {
        public Ask {
            others = List.copyOf(others);
        }
    }

    /** The answer to it. */
    public record Found(long key, long request, Optional<Long> value) {}

    /** From the root to the other holders: keep this. */
    public record Keep(long key, Copy copy) {}

    /** The answer to it: what I have now. */
    public record Kept(long key, Copy copy) {}

    /** Routed to the root by one that holds a copy and has not heard of it for long. */
    public record Handover(NodeId holder, Copy copy) {}

    /** The answer to it, when all that are to hold that copy do, and you are none of them. */
    public record Release(long key, Copy copy) {}

    /** What an application has asked for: to put {@code value}, or to get one when that is empty. */
    public record Request(long key, Optional<Long> value) {
        boolean isPutOf(long other) {
            return key == other && value.isPresent();
        }
    }

    /** A put that is not acknowledged yet. */
    public record Unanswered(long key, Put put) {}

    private static final int PATIENCE_PERIODS = 3;

    @Uses
    KeyRouting routing;

    final int copies;
    final Duration period;
    final Duration retryPeriod;

    final SortedMap<Long, Copy> store = new TreeMap<>();
    /** By key, for how many periods nothing has come from its root; not there where this node is the root. */
    final SortedMap<Long, Integer> silentPeriods = new TreeMap<>();
    /** By key, who has said that it holds the same copy. */
    final SortedMap<Long, SortedSet<NodeId>> holders = new TreeMap<>();

    final List<Unanswered> unanswered = new ArrayList<>();

    /** The number of the latest one: a time, as those of copies, so that a node that has forgotten all gives none twice. */
    long requests;

    final SortedMap<Long, Request> pending = new TreeMap<>();
    /** By key, what this node has put last and was acknowledged. */
    final SortedMap<Long, Long> acknowledged = new TreeMap<>();
    /** By key, what the last get has found. */
    final SortedMap<Long, Optional<Long>> found = new TreeMap<>();

    /**
     * @param copies on how many nodes a value is
     * @param period from one round of copies to the next
     * @param retryPeriod after which what is not answered is asked for again
     * @throws IllegalArgumentException FS514 when there would be no copy
     */
    public HashTable(@Default("3") int copies, @Default("2s") Duration period, @Default("2s") Duration retryPeriod) {
        if (copies < 1) {
            throw new IllegalArgumentException("[FS514] there is at least 1 copy of a value, not " + copies);
        }
        this.copies = copies;
        this.period = period;
        this.retryPeriod = retryPeriod;
    }

    @OnStart
    void start(Node node) {
        node.setTimer("copy", period);
    }

    // What the application asks for

    @OnCall
    void put(long key, long value, Node node) {
        request(new Request(key, Optional.of(value)), node);
    }

    @OnCall
    void get(long key, Node node) {
        request(new Request(key, Optional.empty()), node);
    }

    private void request(Request request, Node node) {
        if (pending.isEmpty()) {
            node.setTimer("retry", retryPeriod);
        }
        requests = StrictMath.max(requests + 1, node.nowNanos());
        pending.put(requests, request);
        ask(requests, request, node);
    }

    private void ask(long number, Request request, Node node) {
        Optional<Record> put = request.value().map(value -> new Put(node.self(), number, value));
        routing.route(request.key(), put.orElse(new Get(node.self(), number)));
    }

    @OnTimer("retry")
    void retry(Node node) {
        pending.forEach((number, request) -> ask(number, request, node));
        if (!pending.isEmpty()) {
            node.setTimer("retry", retryPeriod);
        }
    }

    @OnMessage
    void stored(Stored stored) {
        answered(stored.key(), stored.request(), true).flatMap(Request::value).ifPresent(value -> {
            acknowledged.put(stored.key(), value);
            SortedMap<Long, Request> earlier = pending.headMap(stored.request());
            earlier.values().removeIf(request -> request.isPutOf(stored.key()));
        });
    }

    /** A request that waits for this answer: what comes late may be for another one of the same number. */
    private Optional<Request> answered(long key, long number, boolean isPut) {
        Optional<Request> request = Optional.ofNullable(pending.get(number))
                .filter(waiting -> waiting.key() == key && waiting.value().isPresent() == isPut);
        request.ifPresent(waiting -> pending.remove(number));
        return request;
    }

    @OnMessage
    void found(Found answer) {
        answered(answer.key(), answer.request(), false).ifPresent(request -> found.put(request.key(), answer.value()));
    }

    @OnUpcall
    boolean forward(long key, Record message, NodeId next) {
        return true;
    }

    // Putting

    @OnUpcall
    void deliver(long key, Put put, Node node) {
        Unanswered coming = new Unanswered(key, put);
        if (!unanswered.contains(coming)) {
            unanswered.add(coming);
        }
        Optional<Copy> before = Optional.ofNullable(store.get(key));
        if (before.filter(copy -> copy.knows(put)).isEmpty()) {
            long number = before.map(Copy::number).orElse(0L) + 1;
            take(key, Copy.of(StrictMath.max(number, node.nowNanos()), node.self(), put));
        }
        copy(key, node);
    }

    private void take(long key, Copy copy) {
        Copy own = store.get(key);
        Copy both = own == null ? copy : own.with(copy);
        if (!both.equals(own)) {
            store.put(key, both);
            holders.remove(key);
        }
    }

    /** Of a key that is there. */
    private Copy held(long key) {
        return Objects.requireNonNull(store.get(key));
    }

    private List<NodeId> otherHolders(long key, Node node) {
        return routing.replicas(key, copies).stream()
                .filter(holder -> !holder.equals(node.self()))
                .toList();
    }

    private boolean isHeldByAll(long key, Node node) {
        return holders.getOrDefault(key, Collections.emptySortedSet()).containsAll(otherHolders(key, node));
    }

    private void copy(long key, Node node) {
        otherHolders(key, node).forEach(holder -> node.send(holder, new Keep(key, held(key))));
        acknowledge(key, node);
    }

    private void acknowledge(long key, Node node) {
        if (isHeldByAll(key, node)) {
            unanswered.stream()
                    .filter(each -> each.key() == key)
                    .forEach(each -> node.send(
                            each.put().client(), new Stored(key, each.put().request())));
            unanswered.removeIf(each -> each.key() == key);
        }
    }

    @OnMessage
    void keep(Keep keep, @From NodeId from, Node node) {
        take(keep.key(), keep.copy());
        silentPeriods.put(keep.key(), 0);
        node.send(from, new Kept(keep.key(), held(keep.key())));
    }

    @OnMessage
    void kept(Kept kept, @From NodeId from, Node node) {
        long key = kept.key();
        if (store.containsKey(key) && routing.isRoot(key)) {
            take(key, kept.copy());
            if (kept.copy().equals(held(key))) {
                holders.computeIfAbsent(key, none -> new TreeSet<>()).add(from);
            }
            acknowledge(key, node);
        }
    }

    // Getting

    @OnUpcall
    void deliver(long key, Get get, Node node) {
        look(new Ask(key, get, otherHolders(key, node)), node);
    }

    @OnMessage
    void look(Ask ask, Node node) {
        Optional<Long> value = Optional.ofNullable(store.get(ask.key())).map(Copy::value);
        if (value.isPresent() || ask.others().isEmpty()) {
            node.send(ask.get().client(), new Found(ask.key(), ask.get().request(), value));
        } else {
            List<NodeId> others = ask.others();
            node.send(others.get(0), new Ask(ask.key(), ask.get(), others.subList(1, others.size())));
        }
    }

    // Keeping the copies where they belong

    @OnTimer("copy")
    void copyAll(Node node) {
        node.setTimer("copy", period);
        unanswered.removeIf(each -> !routing.isRoot(each.key()));
        for (long key : List.copyOf(store.keySet())) {
            if (routing.isRoot(key)) {
                silentPeriods.remove(key);
                copy(key, node);
            } else if (silentPeriods.merge(key, 1, Integer::sum) > PATIENCE_PERIODS) {
                holders.remove(key);
                routing.route(key, new Handover(node.self(), held(key)));
            }
        }
    }

    @OnUpcall
    void deliver(long key, Handover handover, Node node) {
        take(key, handover.copy());
        NodeId holder = handover.holder();
        if (isHeldByAll(key, node) && !routing.replicas(key, copies).contains(holder)) {
            node.send(holder, new Release(key, held(key)));
        }
    }

    @OnMessage
    void release(Release release) {
        long key = release.key();
        if (store.containsKey(key) && held(key).with(release.copy()).equals(release.copy()) && !routing.isRoot(key)) {
            store.remove(key);
            unanswered.removeIf(each -> each.key() == key);
            silentPeriods.remove(key);
        }
    }

    /** It may have lost all copies. */
    @OnConnectionError
    void lost(NodeId peer) {
        holders.values().forEach(each -> each.remove(peer));
    }

    // Properties

    @Safety
    static boolean theSameCopyHasTheSameValue(SystemView<HashTable> system) {
        SortedMap<Long, Copy> newest = new TreeMap<>();
        for (NodeId node : system.nodes()) {
            for (Map.Entry<Long, Copy> each : system.state(node).store.entrySet()) {
                Copy other = newest.getOrDefault(each.getKey(), each.getValue());
                boolean isSame = other.number() == each.getValue().number()
                        && other.root().equals(each.getValue().root());
                if (isSame && other.value() != each.getValue().value()) {
                    return false;
                }
                newest.put(each.getKey(), other.isNewerThan(each.getValue()) ? other : each.getValue());
            }
        }
        return true;
    }

    /** Of the keys that somebody knows of who was told so. */
    @Liveness(within = "1m")
    static boolean whatWasAcknowledgedIsThere(SystemView<HashTable> system) {
        SortedSet<Long> there = new TreeSet<>();
        SortedSet<Long> asked = new TreeSet<>();
        for (NodeId node : system.nodes()) {
            there.addAll(system.state(node).store.keySet());
            asked.addAll(system.state(node).acknowledged.keySet());
        }
        return there.containsAll(asked) && system.all(node -> true);
    }

    @Liveness(within = "1m")
    static boolean everythingIsAnswered(SystemView<HashTable> system) {
        return system.all(node -> node.pending.isEmpty());
    }
}
