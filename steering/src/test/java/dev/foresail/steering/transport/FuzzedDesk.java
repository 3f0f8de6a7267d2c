package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.network.plane.PlaneSettings;
import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A node that hears any news; however they are, its place is one, not far from where it was. */
final class FuzzedDesk implements NewsDesk {
    private static final long NOW = 5_000_000_000L;

    private final NetworkKnowledge<NodeId> knowledge =
            new NetworkKnowledge<>(PlaneSettings.DEFAULT, RandomStream.of(1, "fuzz"));
    private final LinkNews link = new LinkNews(NodeId.of(2), this, TransportSettings.DEFAULT);

    static byte[] example() {
        FuzzedDesk desk = new FuzzedDesk();
        LinkReport<NodeId> report =
                new LinkReport<>(NodeId.of(300), 2e7, 1e6, 5, 1_000, 1e6, Optional.of(desk.coordinate()));
        return new News(1, 1, 400, 3_000_000, 70_000, News.Place.of(desk.coordinate()), List.of(report), true).encode();
    }

    void take(News news) {
        link.leaving(100_000, true);
        Coordinate before = coordinate();
        link.take(news);
        assertTrue(coordinate().movedMillis(before) <= 250.001, () -> before + " to " + coordinate());
    }

    @Override
    public long nowNanos() {
        return NOW;
    }

    @Override
    public Coordinate coordinate() {
        return knowledge.coordinate();
    }

    @Override
    public List<LinkReport<NodeId>> reports(NodeId to, long turn) {
        return List.of();
    }

    @Override
    public void sent(NodeId peer, long bytes, boolean limitedBySender, long nowNanos) {
        knowledge.plane().link(peer, nowNanos).sent(bytes, limitedBySender, nowNanos);
    }

    @Override
    public void acknowledged(NodeId peer, long bytes, long nowNanos) {
        assertTrue(bytes > 0);
        knowledge.plane().link(peer, nowNanos).acknowledged(bytes, nowNanos);
    }

    @Override
    public void transport(NodeId peer, TransportFigures figures, long nowNanos) {
        throw new IllegalStateException("nobody asks the kernel");
    }

    @Override
    public void kernelSilent(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public OptionalLong askedAgeNanos(NodeId peer, long nowNanos) {
        return knowledge.plane().askedAgeNanos(peer, nowNanos);
    }

    @Override
    public void probed(NodeId peer) {
        knowledge.plane().probed(peer);
    }

    @Override
    public void measured(NodeId peer, long roundTripNanos, long nowNanos) {
        knowledge.plane().roundTrip(peer, roundTripNanos, nowNanos);
    }

    @Override
    public void heard(NodeId peer, Coordinate place, OptionalLong roundTripNanos, long nowNanos) {
        roundTripNanos.ifPresent(nanos -> knowledge.sample(peer, place, nanos, nowNanos));
    }

    @Override
    public void told(NodeId peer, Coordinate place, long roundTripNanos, long nowNanos) {
        knowledge.sampleTold(peer, place, roundTripNanos, nowNanos);
    }

    @Override
    public void reported(NodeId peer, List<LinkReport<NodeId>> reports, long nowNanos) {
        Optional<String> problem = knowledge.take(peer, reports, nowNanos);
        assertTrue(problem.isEmpty() || problem.get().startsWith("[FS365]"));
    }

    @Override
    public void ignored(NodeId peer, String code, String reason) {
        assertTrue(code.equals("FS376") || code.equals("FS360"), code);
    }
}
