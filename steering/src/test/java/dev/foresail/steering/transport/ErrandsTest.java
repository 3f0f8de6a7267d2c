package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.steering.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Ends of links over which the protocol sends nothing, unless a test says so; the time is the test's. */
final class ErrandsTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long TRAVEL = 10 * MILLI;
    private static final ProbeSettings PROBES = new ProbeSettings(1_000, Duration.ofSeconds(10));

    private long now = 3 * SECOND;

    /** One node with a link to each of some others; what it sends on its own waits to be carried over. */
    private final class Node implements NewsDesk {
        private final NodeId self;
        private final InformationPlane<NodeId> plane;
        private final Errands errands;
        private final List<Line> lines = new ArrayList<>();

        Node(long self, ProbeSettings probes) {
            this.self = NodeId.of(self);
            this.plane = new InformationPlane<>(this.self);
            this.errands = new Errands(probes, this);
        }

        /** The planner begins to save when it is first asked. */
        Node begun() {
            errands.run(lines);
            now += SECOND;
            return this;
        }

        Line to(long peer) {
            Line line = new Line(new LinkNews(NodeId.of(peer), this, TransportSettings.DEFAULT));
            lines.add(line);
            plane.link(NodeId.of(peer), now);
            return line;
        }

        void want(long peer) {
            plane.latencyNanos(self, NodeId.of(peer), now);
        }

        boolean knows(long peer) {
            return plane.latencyNanos(self, NodeId.of(peer), now).isKnown();
        }

        int turn() {
            int before = lines.stream().mapToInt(line -> line.alone.size()).sum();
            errands.run(lines);
            return lines.stream().mapToInt(line -> line.alone.size()).sum() - before;
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public Coordinate coordinate() {
            return Coordinate.of(new float[Coordinate.DIMENSIONS], 0, 1);
        }

        @Override
        public List<LinkReport<NodeId>> reports(NodeId to, long turn) {
            return List.of();
        }

        @Override
        public void sent(NodeId peer, long bytes, boolean limitedBySender, long nowNanos) {
            plane.link(peer, nowNanos).sent(bytes, limitedBySender, nowNanos);
        }

        @Override
        public void acknowledged(NodeId peer, long bytes, long nowNanos) {
            plane.link(peer, nowNanos).acknowledged(bytes, nowNanos);
        }

        @Override
        public void transport(NodeId peer, TransportFigures figures, long nowNanos) {
            plane.link(peer, nowNanos).transport(figures, nowNanos);
        }

        @Override
        public void kernelSilent(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public OptionalLong askedAgeNanos(NodeId peer, long nowNanos) {
            return plane.askedAgeNanos(peer, nowNanos);
        }

        @Override
        public void probed(NodeId peer) {
            plane.probed(peer);
        }

        @Override
        public void measured(NodeId peer, long roundTripNanos, long nowNanos) {
            plane.roundTrip(peer, roundTripNanos, nowNanos);
        }

        @Override
        public void heard(NodeId peer, Coordinate place, OptionalLong roundTripNanos, long nowNanos) {
            // Places are no matter here.
        }

        @Override
        public void told(NodeId peer, Coordinate place, long roundTripNanos, long nowNanos) {
            // Places are no matter here.
        }

        @Override
        public void reported(NodeId peer, List<LinkReport<NodeId>> reports, long nowNanos) {
            throw new AssertionError("news on their own carry no reports");
        }

        @Override
        public void ignored(NodeId peer, String code, String reason) {
            throw new AssertionError(code + " " + reason);
        }
    }

    private record Line(LinkNews news, List<byte[]> alone) implements Errands.Way {
        Line(LinkNews news) {
            this(news, new ArrayList<>());
        }

        @Override
        public void send(byte[] frame) {
            alone.add(frame);
        }
    }

    /** What one end has sent on its own comes to the other. */
    private News carry(Line from, Line to) throws WireException {
        return deliver(from.alone.remove(0), to);
    }

    private News deliver(byte[] frame, Line to) throws WireException {
        now += TRAVEL;
        to.news.received(Integer.BYTES + frame.length);
        News news = News.decode(frame);
        to.news.take(news);
        return news;
    }

    @Test
    void whoAsksForALinkThatIsSilentMeasuresIt() throws WireException {
        Node one = new Node(1, PROBES).begun();
        Node other = new Node(2, PROBES).begun();
        Line there = one.to(2);
        Line back = other.to(1);
        assertEquals(0, one.turn(), "nobody asks for it");
        one.want(2);
        assertEquals(1, one.turn());
        assertTrue(there.alone.get(0).length <= 100, () -> there.alone.get(0).length + " bytes");
        assertTrue(carry(there, back).asks());
        now += 700 * MILLI;
        assertEquals(1, other.turn());
        assertFalse(carry(back, there).asks(), "an answer wants none");
        assertEquals(
                TRAVEL, one.plane.latencyNanos(NodeId.of(1), NodeId.of(2), now).value());
        assertEquals(0, one.turn());
        assertEquals(0, other.turn());

        now += 9 * SECOND;
        one.want(2);
        assertEquals(0, one.turn(), "it is young enough");
        now += 2 * SECOND;
        assertEquals(1, one.turn());
        carry(there, back);
        now += SECOND;
        assertEquals(0, one.turn(), "whoever does not answer is given time");
    }

    @Test
    void whatIsSentAnywayIsUsedFirst() throws WireException {
        Node one = new Node(1, PROBES).begun();
        Node other = new Node(2, PROBES).begun();
        Line there = one.to(2);
        Line back = other.to(1);
        one.want(2);
        there.news.leaving(100, true);
        now += SECOND / 2;
        assertEquals(0, one.turn(), "something has been sent just now");
        now += SECOND / 2;
        byte[] news = there.news.leaving(100, true).orElseThrow();
        back.news.received(200);
        assertTrue(deliver(news, back).asks(), "and what is sent next asks");
        byte[] answer = back.news.leaving(100, true).orElseThrow();
        there.news.received(100);
        deliver(answer, there);
        assertTrue(one.knows(2));
        assertEquals(0, other.turn(), "it has answered already");
    }

    @Test
    void theKernelNeedsNoAnswer() throws WireException {
        Node one = new Node(1, PROBES).begun();
        Node other = new Node(2, PROBES).begun();
        Line there = one.to(2);
        Line back = other.to(1);
        there.news.toldBy(() -> Optional.of(new TransportFigures(2_000, 100, 0, 5, 0, 0)));
        now += 20 * SECOND;
        one.want(2);
        assertEquals(1, one.turn());
        assertTrue(there.news.look(), "something was sent");
        assertFalse(carry(there, back).asks());
        assertEquals(0, other.turn());
        assertEquals(
                TRAVEL,
                one.plane
                        .measured(NodeId.of(2))
                        .orElseThrow()
                        .roundTripNanos(now)
                        .ageNanos());
    }

    @Test
    void theBudgetIsKeptAndTheMostOverdueComeFirst() {
        Node node = new Node(1, PROBES).begun();
        for (long peer = 2; peer <= 41; peer++) {
            node.to(peer);
            node.plane.roundTrip(NodeId.of(peer), MILLI, now - peer * SECOND);
        }
        now += 10 * SECOND;
        int sent = 0;
        for (int second = 0; second < 10; second++) {
            for (long peer = 2; peer <= 41; peer++) {
                node.want(peer);
            }
            sent += node.turn();
            now += SECOND;
        }
        // 1000 bytes a second, and those of two seconds saved before; 400 bytes each, with the answer.
        assertEquals(27, sent);
        assertEquals(1, node.lines.get(39).alone.size());
        assertEquals(0, node.lines.get(0).alone.size());
    }

    @Test
    void whoAsksOverAndOverDoesNotKeepTheNodeFromMeasuring() {
        Node node = new Node(1, new ProbeSettings(200, Duration.ofSeconds(10))).begun();
        Line nosy = node.to(2);
        Line wanted = node.to(3);
        node.plane.roundTrip(NodeId.of(3), MILLI, now);
        for (int second = 1; second <= 30; second++) {
            now += SECOND;
            nosy.news.take(new News(second, 0, 0, 0, 0, News.Place.of(node.coordinate()), List.of(), true));
            node.want(3);
            node.turn();
        }
        assertEquals(1, wanted.alone.size());
        assertTrue(nosy.alone.size() >= 20, () -> nosy.alone.size() + " answers");
    }

    @Test
    void withoutABudgetNothingIsSentOrAnswered() throws WireException {
        Node one = new Node(1, PROBES).begun();
        Node mute = new Node(2, new ProbeSettings(0, Duration.ofSeconds(10))).begun();
        Line there = one.to(2);
        Line back = mute.to(1);
        one.want(2);
        one.turn();
        carry(there, back);
        now += SECOND;
        mute.want(1);
        assertEquals(0, mute.turn());
    }
}
