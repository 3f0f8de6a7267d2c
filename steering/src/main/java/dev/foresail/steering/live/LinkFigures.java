package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.Interval;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.plane.NetworkKnowledge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a process knows of its links, as operators are told: whole numbers, and words; what is not known is missing. */
final class LinkFigures {
    /** More are no table that anybody reads. */
    private static final int MOST = 1_000;

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MILLION = 1e6;
    /** Of the interval of the loss. */
    private static final double CREDIBILITY = 0.95;

    private LinkFigures() {}

    static Map<String, Object> of(NodeId self, NetworkKnowledge<NodeId> knowledge, long nowNanos) {
        InformationPlane<NodeId> plane = knowledge.plane();
        List<NodeId> peers = plane.peers();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("node", self.value());
        told.put("peers", (long) peers.size());
        told.put("placeErrorPercent", Math.round(100.0 * knowledge.coordinate().error()));
        told.put(
                "links",
                peers.stream()
                        .sorted()
                        .limit(MOST)
                        .flatMap(peer ->
                                plane.measured(peer).map(link -> link(peer, link, knowledge, nowNanos)).stream())
                        .toList());
        return told;
    }

    private static Map<String, Object> link(
            NodeId peer, MeasuredLink link, NetworkKnowledge<NodeId> knowledge, long nowNanos) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("peer", peer.value());
        Figure roundTrip = link.roundTripNanos(nowNanos);
        if (roundTrip.isKnown()) {
            told.put("roundTripMicros", Math.round(roundTrip.value() / NANOS_PER_MICRO));
            told.put("spreadMicros", Math.round(roundTrip.spread() / NANOS_PER_MICRO));
            told.put("samples", roundTrip.samples());
            told.put("ageMillis", TimeUnit.NANOSECONDS.toMillis(roundTrip.ageNanos()));
            told.put("measuredBy", link.isToldByKernel(nowNanos) ? "kernel" : "nodes");
        }
        put(told, "leastMicros", link.minimumRoundTripNanos(nowNanos), 1 / NANOS_PER_MICRO);
        put(told, "bytesPerSecond", link.bytesPerSecond(nowNanos), 1);
        Figure loss = link.lossProbability(nowNanos);
        put(told, "lossPerMillion", loss, MILLION);
        if (loss.isKnown()) {
            Interval credible = link.lossInterval(CREDIBILITY);
            told.put("lossLowPerMillion", Math.round(credible.low() * MILLION));
            told.put("lossHighPerMillion", Math.round(credible.high() * MILLION));
        }
        Optional<Coordinate> place = knowledge.coordinate(peer);
        place.ifPresent(there ->
                told.put("estimateMicros", Math.round(knowledge.coordinate().roundTripMillis(there) * 1_000)));
        return told;
    }

    private static void put(Map<String, Object> told, String name, Figure figure, double factor) {
        if (figure.isKnown()) {
            told.put(name, Math.round(figure.value() * factor));
        }
    }
}
