package dev.foresail.eval.vivaldi;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Network coordinates with an adaptive time step (Vivaldi, figure 3): every node probes a peer in each period, measures the round trip, and moves as a spring between the two would
 * push it, the further the surer the peer is than itself. Half of the probes go to near neighbours and half to anybody (section 4.3). Whom there is to probe, the paper
 * leaves to the application; here each answer brings the name of another node.
 */
@Protocol("vivaldi")
public final class Vivaldi {
    /** Who knows nothing is wrong by as much as there is; no sample counts as worse. */
    static final double LARGEST_ERROR = 1;

    /** Two nodes that claim none would have no weights. */
    static final double LEAST_ERROR = 1e-3;

    /** The published c_e and c_c: how much a sample counts for the estimate of the error at most, and which share of the way a node moves at most. */
    private static final double GAIN = 0.25;

    /**
     * How far away are you?
     *
     * @param sentNanos on the sender's clock
     */
    public record Probe(long sentNanos) {}

    /**
     * The answer: where the node is.
     *
     * @param sentNanos as in the probe
     * @param error the node's estimate of its own relative error
     * @param other one of those that it has measured
     */
    public record Answer(long sentNanos, HeightVector place, double error, Optional<NodeId> other) {
        /** @throws IllegalArgumentException when there can be no such error */
        public Answer {
            if (!(error >= LEAST_ERROR && error <= LARGEST_ERROR)) {
                throw new IllegalArgumentException("no error is " + error);
            }
        }
    }

    /** What is known of a peer: where it was and how long the latest round trip took. */
    public record Peer(HeightVector place, double roundTripMillis) {
        double relativeError(HeightVector from) {
            return StrictMath.abs(from.distanceMillis(place) - roundTripMillis) / roundTripMillis;
        }
    }

    final int neighbours;
    final Duration probePeriod;

    HeightVector place = HeightVector.ORIGIN;
    double error = LARGEST_ERROR;
    /** Who was measured, twice as many as there are neighbours at most. */
    final SortedMap<NodeId, Peer> peers = new TreeMap<>();
    /** Who was heard of and not measured yet, as many as there are neighbours at most. */
    final LinkedHashSet<NodeId> strangers = new LinkedHashSet<>();

    /**
     * @param neighbours how many near peers are probed again and again, at least 1
     * @param probePeriod from one probe to the next
     */
    public Vivaldi(@Default("8") int neighbours, @Default("1s") Duration probePeriod) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("[FS500] there is at least 1 neighbour, not " + neighbours);
        }
        this.neighbours = neighbours;
        this.probePeriod = probePeriod;
    }

    @OnStart
    void start(Node node) {
        node.setTimer("probe", probePeriod);
    }

    @OnCall
    void meet(NodeId other) {
        strangers.add(other);
    }

    @OnTimer("probe")
    void probe(Node node) {
        List<NodeId> known = nearestFirst();
        known.addAll(strangers);
        int among = node.random(2) == 0 ? StrictMath.min(neighbours, known.size()) : known.size();
        if (among > 0) {
            node.send(known.get(node.random(among)), new Probe(node.nowNanos()));
        }
        node.setTimer("probe", probePeriod);
    }

    private List<NodeId> nearestFirst() {
        return peers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingDouble(Peer::roundTripMillis)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @OnMessage
    void answer(Probe probe, @From NodeId from, Node node) {
        Optional<NodeId> other =
                peers.keySet().stream().skip(node.random(peers.size() + 1)).findFirst();
        node.send(from, new Answer(probe.sentNanos(), place, error, other));
        strangers.add(from);
    }

    @OnMessage
    void measured(Answer answer, @From NodeId from, Node node) {
        double millis = (node.nowNanos() - answer.sentNanos()) / 1e6;
        Peer peer = new Peer(answer.place(), StrictMath.max(2 * HeightVector.LEAST_HEIGHT_MILLIS, millis));
        double weight = error / (error + answer.error());
        double sample = StrictMath.min(LARGEST_ERROR, peer.relativeError(place));
        error = StrictMath.max(LEAST_ERROR, sample * GAIN * weight + error * (1 - GAIN * weight));
        double forceMillis = GAIN * weight * (peer.roundTripMillis() - place.distanceMillis(peer.place()));
        // As many radians as its number: a direction that no other node has.
        place = place.pushed(peer.place(), forceMillis, (double) node.self().value());
        peers.put(from, peer);
        answer.other().ifPresent(strangers::add);
    }

    /** Near peers stay; who was measured is no stranger. */
    @OnChange({"peers", "strangers"})
    void keepFew(Node node) {
        strangers.removeAll(peers.keySet());
        strangers.remove(node.self());
        strangers.retainAll(strangers.stream().limit(neighbours).toList());
        if (peers.size() > 2 * neighbours) {
            peers.remove(nearestFirst().get(neighbours + node.random(peers.size() - neighbours)));
        }
    }

    @OnConnectionError
    void lost(NodeId peer) {
        peers.remove(peer);
        strangers.remove(peer);
    }

    /** Coordinates are finite by themselves. */
    @Safety
    static boolean hasAnErrorWithinBounds(Vivaldi node) {
        return node.error >= LEAST_ERROR && node.error <= LARGEST_ERROR;
    }

    @Safety
    static boolean knowsNoMoreThanItMay(Vivaldi node, NodeId self) {
        return node.peers.size() <= 2 * node.neighbours
                && node.strangers.size() <= node.neighbours
                && !node.peers.containsKey(self)
                && node.strangers.stream().noneMatch(node.peers::containsKey);
    }

    /** The median over all nodes and their peers: how far predicted round trips are off those measured last. */
    @Metric
    static double medianRelativeError(SystemView<Vivaldi> view) {
        double[] errors = view.nodes().stream()
                .map(view::state)
                .flatMapToDouble(
                        node -> node.peers.values().stream().mapToDouble(peer -> peer.relativeError(node.place)))
                .sorted()
                .toArray();
        return errors.length == 0 ? LARGEST_ERROR : errors[errors.length / 2];
    }
}
