package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.choice.Uses;
import dev.foresail.eval.routing.ReliableRouting;
import dev.foresail.eval.routing.RouteFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sends numbered messages to the roots of keys and notes how each ends. A node that works on what it gets ({@code work} above 0) has room for {@code room} messages, the one that it works on included. */
@Protocol("dispatches")
public final class Dispatches {
    /** The time tells numbers apart that a node gives again after it has lost its disk. */
    public record Dispatch(int number, long sentNanos) implements Comparable<Dispatch> {
        private static final Comparator<Dispatch> ORDER =
                Comparator.comparingInt(Dispatch::number).thenComparingLong(Dispatch::sentNanos);

        @Override
        public int compareTo(Dispatch other) {
            return ORDER.compare(this, other);
        }
    }

    @Uses
    ReliableRouting routing;

    final Duration work;
    final int room;

    @Durable
    int sent;

    /** Those whose outcomes this node is to hear. */
    int sentInThisLife;

    /** How many of a job that is sent one after the other are left, and to which key. */
    int left;

    long target;
    /** By number; those of earlier lives of this node have none. */
    final SortedMap<Integer, String> outcomes = new TreeMap<>();

    boolean toldTwice;
    boolean toldUnsent;
    final SortedMap<NodeId, SortedSet<Dispatch>> received = new TreeMap<>();
    boolean receivedTwice;
    /** What it has not worked on yet. */
    int waiting;

    int mostWaiting;
    final List<Long> latenciesNanos = new ArrayList<>();
    int deliveries;
    int hops;
    int failedHops;
    int turnedAway;

    /**
     * @param work on each message; zero: none
     * @param room for messages that are not worked on yet, when there is work; at least 1
     */
    public Dispatches(@Default("0s") Duration work, @Default("4") int room) {
        this.work = work;
        this.room = StrictMath.max(1, room);
    }

    /** One message. */
    @OnCall
    void dispatch(long key, Node node) {
        sent++;
        sentInThisLife++;
        if (!routing.send(key, new Dispatch(sent, node.nowNanos()))) {
            sent--;
            sentInThisLife--;
            turnedAway++;
        }
    }

    /** As many as there is room for, and the others when there is room again. */
    @OnCall
    void dispatchAll(long key, int messages, Node node) {
        target = key;
        left = messages;
        sendOn(node);
    }

    private void sendOn(Node node) {
        int before = turnedAway;
        while (left > 0 && before == turnedAway) {
            dispatch(target, node);
            left -= before == turnedAway ? 1 : 0;
        }
    }

    @OnUpcall
    void ready(Node node) {
        sendOn(node);
    }

    @OnUpcall
    boolean deliver(NodeId origin, long key, int overHops, Dispatch dispatch, Node node) {
        if (!work.isZero() && waiting >= room) {
            return false;
        }
        if (!work.isZero()) {
            waiting++;
            mostWaiting = StrictMath.max(mostWaiting, waiting);
            if (waiting == 1) {
                node.setTimer("work", work);
            }
        }
        deliveries++;
        hops += overHops;
        receivedTwice |=
                !received.computeIfAbsent(origin, added -> new TreeSet<>()).add(dispatch);
        return true;
    }

    @OnTimer("work")
    void work(Node node) {
        waiting--;
        if (waiting > 0) {
            node.setTimer("work", work);
        }
        routing.resume(1);
    }

    @OnUpcall
    void delivered(long key, NodeId root, Dispatch dispatch, Node node) {
        latenciesNanos.add(node.nowNanos() - dispatch.sentNanos());
        note(dispatch, "delivered");
    }

    @OnUpcall
    void undeliverable(long key, RouteFailure reason, NodeId where, Dispatch dispatch) {
        note(dispatch, reason.name());
    }

    private void note(Dispatch dispatch, String outcome) {
        toldTwice |= outcomes.put(dispatch.number(), outcome) != null;
        toldUnsent |= dispatch.number() > sent;
    }

    @OnUpcall
    void hopFailed(long key, NodeId next, Dispatch dispatch) {
        failedHops++;
    }

    /** How many of its messages ended so: {@code delivered}, or a {@link RouteFailure}. */
    public int ended(String outcome) {
        return (int) outcomes.values().stream().filter(outcome::equals).count();
    }

    /** How many of its messages have ended. */
    public int ended() {
        return outcomes.size();
    }

    public int sent() {
        return sent;
    }

    /** How many since it has started last; each of them shall end. */
    public int sentInThisLife() {
        return sentInThisLife;
    }

    /** How many have come to it as the root. */
    public int deliveries() {
        return deliveries;
    }

    public int mostWaiting() {
        return mostWaiting;
    }

    /** How often there was no room for one of its own. */
    public int turnedAway() {
        return turnedAway;
    }

    /** How often a hop from here has failed. */
    public int failedHops() {
        return failedHops;
    }

    /** Of those that were delivered, in the order in which that was heard, from sending until then. */
    public List<Long> latenciesNanos() {
        return List.copyOf(latenciesNanos);
    }

    @Safety
    static boolean outcomesAreToldOnce(Dispatches node) {
        return !node.toldTwice && !node.toldUnsent;
    }

    /** To one life of a node. */
    @Safety
    static boolean messagesAreDeliveredOnce(Dispatches node) {
        return !node.receivedTwice;
    }

    /** In the end each message has an outcome. */
    @Liveness
    static boolean everythingHasEnded(Dispatches node) {
        return node.sentInThisLife == node.outcomes.size();
    }

    /** Messages that were delivered, per message with an outcome; 1 before the first. */
    @Metric
    static double delivered(SystemView<Dispatches> system) {
        long delivered = 0;
        long ended = 0;
        for (NodeId node : system.nodes()) {
            delivered += system.state(node).ended("delivered");
            ended += system.state(node).ended();
        }
        return ended == 0 ? 1 : (double) delivered / ended;
    }

    /** From sending to hearing of the delivery, in the mean. */
    @Metric(unit = Unit.MILLISECONDS)
    static double latency(SystemView<Dispatches> system) {
        return system.nodes().stream()
                        .flatMap(node -> system.state(node).latenciesNanos.stream())
                        .mapToLong(Long::longValue)
                        .average()
                        .orElse(0)
                / 1e6;
    }
}
