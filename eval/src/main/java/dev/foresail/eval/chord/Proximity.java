package dev.foresail.eval.chord;

import dev.foresail.choice.Above;
import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.choice.Uses;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;

/**
 * A layer between Chord and what uses it that measures how far those are that a node knows, and adds up what the next hops that are taken are expected to cost. It chooses nothing itself, and all
 * calls go through it as they are.
 */
@Protocol(value = "proximity", provides = KeyRouting.class)
public final class Proximity {
    /** To be answered at once. */
    public record Ping(long askedAtNanos) {}

    /**
     * Here it is.
     *
     * @param nodes how many the sender takes the system to have
     * @param hopMillis how long it takes a hop to be; 0 when it does not know
     */
    public record Pong(long askedAtNanos, double nodes, double hopMillis) {}

    @Uses
    KeyRouting routing;

    @Above
    KeyRouting.Upcalls above;

    final Duration measurePeriod;

    Distances distances = Distances.NONE;

    /** By how much messages take longer than was expected when they came here, summed over all that were handed on. */
    double latenessMillis;

    /** @param measurePeriod between two measurements of all that are known */
    public Proximity(@Default("5s") Duration measurePeriod) {
        this.measurePeriod = measurePeriod;
    }

    // Measuring

    @OnStart
    void start(Node node) {
        node.setTimer("measure", measurePeriod);
    }

    @OnTimer("measure")
    void measure(Node node) {
        SortedSet<NodeId> known = routing.known();
        List<Long> places = known.stream().map(routing::position).toList();
        distances = distances.among(known, routing.position(node.self()), places);
        known.stream()
                .filter(peer -> !peer.equals(node.self()))
                .forEach(peer -> node.send(peer, new Ping(node.nowNanos())));
        node.setTimer("measure", measurePeriod);
    }

    @OnMessage
    void answer(Ping ping, @From NodeId from, Node node) {
        node.send(from, new Pong(ping.askedAtNanos(), distances.nodes(), distances.saidHopMillis()));
    }

    /** In a prediction, whose time begins anew, what was asked before it is answered before it was asked: that says nothing. */
    @OnMessage
    void measured(Pong pong, @From NodeId from, Node node) {
        long tookNanos = node.nowNanos() - pong.askedAtNanos();
        if (tookNanos >= 0) {
            distances = distances.with(from, new Distances.Measured(tookNanos / 2e6, pong.nodes(), pong.hopMillis()));
        }
    }

    // Next hops

    /** What a hop costs is priced now: what is measured later changes nothing of the past, or the sum would weigh more the longer nodes are up. */
    @OnUpcall
    boolean forward(long key, Record message, NodeId next, Node node) {
        boolean goesOn = above.forward(key, message, next);
        if (goesOn) {
            double growth =
                    hopsLeftBeyond(next, key, node.self()) - distances.hopsLeft(routing.position(node.self()), key);
            latenessMillis += distances.millis(next) + distances.hopMillis() * growth;
        }
        return goesOn;
    }

    /** Only the root of a key is a next hop at its place or past it. */
    private double hopsLeftBeyond(NodeId next, long key, NodeId self) {
        return Ring.isUpTo(routing.position(self), key, routing.position(next))
                ? 0
                : distances.hopsLeft(routing.position(next), key);
    }

    /**
     * How much longer messages take than was expected before they were handed on, in milliseconds: how far the nodes are to which they went, and what the hops that are left from there take by the mean distance, less those that
     * were left before. Nodes tell each other that mean, so over the nodes that hand on the same message what was left in between cancels out as far as they agree: it counts how far they are and what is left beyond the last.
     */
    @Metric(unit = Unit.MILLISECONDS)
    static double lateness(SystemView<Proximity> view) {
        return view.nodes().stream()
                .mapToDouble(id -> view.state(id).latenessMillis)
                .sum();
    }

    // What goes through

    @OnDowncall
    void route(long key, Record message) {
        routing.route(key, message);
    }

    @OnDowncall
    boolean isRoot(long key) {
        return routing.isRoot(key);
    }

    @OnDowncall
    long position(NodeId node) {
        return routing.position(node);
    }

    @OnDowncall
    List<NodeId> replicas(long key, int count) {
        return routing.replicas(key, count);
    }

    @OnDowncall
    SortedSet<NodeId> known() {
        return routing.known();
    }

    @OnUpcall
    void deliver(long key, Record message) {
        above.deliver(key, message);
    }
}
