package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.network.plane.PlaneSettings;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.wire.WireException;
import io.netty.channel.ChannelException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Two ends of a link that have only news to tell each other; the time is the test's. */
final class LinkNewsTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long now = -5 * SECOND;
    private final End one = new End(1, 2);
    private final End other = new End(2, 1);

    /** One end, which keeps what it was told. */
    private final class End implements NewsDesk {
        private final NodeId self;
        private final NodeId peer;
        private final NetworkKnowledge<NodeId> knowledge;
        private final LinkNews news;
        private final List<Long> acknowledged = new ArrayList<>();
        private long sentBytes;
        private final List<Long> measured = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();
        private OptionalLong lastHeard = OptionalLong.empty();
        private int timesTold;
        private final List<TransportFigures> byKernel = new ArrayList<>();
        private OptionalLong askedAgeNanos = OptionalLong.empty();
        private List<LinkReport<NodeId>> reports = List.of();

        End(long self, long peer) {
            this.self = NodeId.of(self);
            this.peer = NodeId.of(peer);
            this.knowledge = new NetworkKnowledge<>(PlaneSettings.DEFAULT, RandomStream.of(self, "end"));
            this.news = new LinkNews(NodeId.of(peer), this, TransportSettings.DEFAULT);
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public Coordinate coordinate() {
            return knowledge.coordinate();
        }

        @Override
        public List<LinkReport<NodeId>> reports(NodeId to, long turn) {
            return List.of(new LinkReport<>(NodeId.of(9), 30 * MILLI, MILLI, 4, turn, 0, Optional.of(coordinate())));
        }

        @Override
        public void sent(NodeId to, long bytes, boolean limitedBySender, long nowNanos) {
            sentBytes += bytes;
        }

        @Override
        public void acknowledged(NodeId from, long bytes, long nowNanos) {
            acknowledged.add(bytes);
        }

        @Override
        public void transport(NodeId from, TransportFigures figures, long nowNanos) {
            assertEquals(peer, from);
            byKernel.add(figures);
        }

        @Override
        public void kernelSilent(String reason) {
            ignored.add(reason);
        }

        @Override
        public OptionalLong askedAgeNanos(NodeId from, long nowNanos) {
            return askedAgeNanos;
        }

        @Override
        public void probed(NodeId from) {
            askedAgeNanos = OptionalLong.empty();
        }

        @Override
        public void measured(NodeId from, long roundTripNanos, long nowNanos) {
            measured.add(roundTripNanos);
        }

        @Override
        public void heard(NodeId from, Coordinate place, OptionalLong roundTripNanos, long nowNanos) {
            lastHeard = roundTripNanos;
            roundTripNanos.ifPresent(nanos -> knowledge.sample(from, place, nanos, nowNanos));
        }

        @Override
        public void told(NodeId from, Coordinate place, long roundTripNanos, long nowNanos) {
            lastHeard = OptionalLong.of(roundTripNanos);
            timesTold++;
            knowledge.sampleTold(from, place, roundTripNanos, nowNanos);
        }

        @Override
        public void reported(NodeId from, List<LinkReport<NodeId>> told, long nowNanos) {
            reports = told;
        }

        @Override
        public void ignored(NodeId from, String code, String reason) {
            assertEquals(peer, from);
            ignored.add(code + " " + reason);
        }

        long acknowledgedBytes() {
            return acknowledged.stream().mapToLong(bytes -> bytes).sum();
        }

        /** Something is sent to the other end, which arrives a while later. */
        void tell(End to, long travelNanos) throws WireException {
            Optional<byte[]> due = news.leaving(100, true);
            now += travelNanos;
            to.news.received(100);
            if (due.isPresent()) {
                to.news.received(Integer.BYTES + due.get().length);
                assertTrue(News.isNews(due.get()), () -> self + " sends news");
                to.news.take(News.decode(due.get()));
            }
        }
    }

    private News untrue(long number, long echo, long held, long told) {
        return new News(
                number, echo, held, told, one.acknowledgedBytes(), News.Place.of(other.coordinate()), List.of(), false);
    }

    @Test
    void bothEndsLearnTheRoundTripWhateverTheOtherWaits() throws WireException {
        one.tell(other, 10 * MILLI);
        now += 700 * MILLI;
        other.tell(one, 20 * MILLI);
        assertEquals(List.of(30 * MILLI), one.measured);
        assertEquals(OptionalLong.of(30 * MILLI), one.lastHeard);
        assertEquals(OptionalLong.empty(), other.lastHeard);
        now += 400 * MILLI;
        one.tell(other, 10 * MILLI);
        assertEquals(List.of(30 * MILLI), other.measured, "of its own news, which the other end held for 400 ms");
        assertEquals(List.of(), one.ignored);
        assertEquals(4, other.reports.get(0).samples());
        assertEquals(1, other.reports.get(0).ageNanos(), "the second turn");
    }

    @Test
    void whoNeverLetsAnythingBeMeasuredIsBelievedAFewTimes() {
        End late = new End(2, 1);
        for (int number = 1; number <= 10; number++) {
            now += SECOND;
            late.news.take(untrue(number, 0, 0, 20 * MILLI));
        }
        assertEquals(3, late.timesTold);
        assertEquals(OptionalLong.empty(), late.lastHeard);
    }

    @Test
    void whoHasMeasuredNothingTakesWhatTheOtherTells() throws WireException {
        one.tell(other, 10 * MILLI);
        other.tell(one, 10 * MILLI);
        // The answer was lost on the other end, as if it had begun anew; the round trip is told all the same.
        now += SECOND;
        one.tell(other, 10 * MILLI);
        End late = new End(2, 1);
        late.news.take(untrue(1, 0, 0, 20 * MILLI));
        assertEquals(OptionalLong.of(20 * MILLI), late.lastHeard);
        assertEquals(List.of(), late.measured, "what is told is not measured");
        one.news.take(untrue(2, 2, 0, 900 * MILLI));
        now += SECOND;
        one.news.take(untrue(3, 0, 0, 900 * MILLI));
        assertEquals(OptionalLong.empty(), one.lastHeard, "what is measured comes first");
    }

    @Test
    void whatThePeerHasReceivedIsToldOnce() throws WireException {
        one.tell(other, 10 * MILLI);
        long first = one.sentBytes;
        other.tell(one, 10 * MILLI);
        one.tell(other, 10 * MILLI);
        now += SECOND;
        other.tell(one, 10 * MILLI);
        now += SECOND;
        other.tell(one, 10 * MILLI);
        assertEquals(List.of(first, 100L), one.acknowledged);
        assertEquals(List.of(), one.ignored);
        News more = new News(9, 0, 0, 0, one.sentBytes + 1, News.Place.of(other.coordinate()), List.of(), false);
        now += SECOND;
        one.news.take(more);
        assertEquals(
                List.of("FS376 it has received " + (one.sentBytes + 1) + " bytes, expected " + one.sentBytes + " to "
                        + one.sentBytes),
                one.ignored);
    }

    @Test
    void newsAreDueOncePerIntervalAndAnEchoCountsOnce() throws WireException {
        one.tell(other, 10 * MILLI);
        assertEquals(Optional.empty(), one.news.leaving(100, true));
        now += SECOND - 10 * MILLI;
        assertTrue(one.news.leaving(100, true).isPresent());
        other.tell(one, 10 * MILLI);
        now += SECOND;
        other.tell(one, 10 * MILLI);
        assertEquals(1, one.measured.size(), "the other end has heard nothing new meanwhile");
        assertEquals(List.of(), one.ignored, "and says so honestly");
    }

    @Test
    void aClockIsNotTrustedForLong() throws WireException {
        one.tell(other, 10 * MILLI);
        now += 3_600 * SECOND;
        other.tell(one, 10 * MILLI);
        assertEquals(List.of(), one.measured);
        assertEquals(List.of(), one.ignored);
        // As held by a clock that is a millionth fast.
        one.news.leaving(100, true);
        long held = 3_600 * SECOND;
        now += held;
        one.news.take(untrue(2, 2, held + held / 1_000_000, 0));
        assertEquals(List.of(), one.measured);
        assertEquals(List.of(), one.ignored);
    }

    @Test
    void whatCannotBeIsIgnoredWithACodeAndTheRestCounts() throws WireException {
        one.tell(other, 10 * MILLI);
        one.news.take(untrue(1, 2, 0, 0));
        now += SECOND;
        one.news.take(untrue(2, -1, 0, 0));
        now += SECOND;
        one.news.take(untrue(3, 1, 3 * SECOND, 0));
        one.news.leaving(100, true);
        now += SECOND;
        one.news.take(untrue(4, 2, -1, 0));
        now += SECOND;
        one.news.take(untrue(5, 0, 0, -1));
        now += SECOND;
        one.news.take(untrue(6, 0, 0, 11 * SECOND));
        now += SECOND;
        one.news.take(untrue(6, 0, 0, 0));
        byte[] notANumber = untrue(7, 0, 0, 0).encode();
        ByteBuffer.wrap(notANumber).putFloat(7, Float.NaN);
        one.news.take(News.decode(notANumber));
        assertEquals(
                List.of(
                        "FS376 it has heard number 2, of 1 that were sent",
                        "FS376 it has heard number -1, of 1 that were sent",
                        "FS376 it has held number 1 for 3000000000 ns, sent 2010000000 ns ago",
                        "FS376 it has held number 2 for -1 ns, sent 1000000000 ns ago",
                        "FS376 a round trip of -1 ns, expected 0 to PT10S",
                        "FS376 a round trip of 11000000000 ns, expected 0 to PT10S",
                        "FS376 number 6 after number 6",
                        "FS360 [FS360] a position's parts are within 10000.0 ms of 0, not NaN"),
                one.ignored);
        assertEquals(List.of(), one.measured);
    }

    @Test
    void aLiarMovesThePlaceByNoMoreThanAStepPerNewsAndHasteDoesNotHelp() {
        Coordinate before = one.coordinate();
        float[] far = new float[Coordinate.DIMENSIONS];
        Arrays.fill(far, Coordinate.LARGEST_LENGTH_MILLIS);
        News.Place place = News.Place.of(Coordinate.of(far, Coordinate.LARGEST_LENGTH_MILLIS, 0));
        for (long number = 1; number <= 50; number++) {
            one.news.take(new News(number, 0, 0, 10 * SECOND, 0, place, List.of(), false));
            now += MILLI;
        }
        double moved = one.coordinate().movedMillis(before);
        assertTrue(moved > 0 && moved <= 250.001, () -> moved + " ms");
    }

    @Test
    void newsThatThePeerWouldNotTakeAreNotSent() {
        TransportSettings narrow = new TransportSettings(100, 1 << 16, Duration.ofSeconds(5), Duration.ofSeconds(5), 8);
        LinkNews news = new LinkNews(NodeId.of(2), one, narrow);
        assertEquals(Optional.empty(), news.leaving(100, true));
    }

    @Test
    void framesThatAreNoNewsAreRefused() throws WireException {
        byte[] whole = one.news.leaving(100, true).orElseThrow();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(WireException.class, () -> News.decode(cut));
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThrows(WireException.class, () -> News.decode(longer));
        assertFalse(News.isNews(new byte[] {18}));
        assertFalse(News.isNews(new byte[0]));
        assertEquals(1, News.decode(whole).number());
    }

    private static TransportFigures counted(long segments) {
        return new TransportFigures(2_000, 100, 0, segments, 0, 0);
    }

    @Test
    void theKernelIsAskedWhenSomethingWasSentAndOnceMore() {
        List<TransportFigures> answers = new ArrayList<>(List.of(counted(1), counted(5), counted(9)));
        one.news.toldBy(() -> Optional.of(answers.remove(0)));
        assertTrue(one.news.isToldByKernel());
        assertFalse(one.news.look(), "nothing was sent since the connection was made");
        one.news.leaving(100, true);
        now += SECOND;
        assertTrue(one.news.look());
        now += SECOND;
        assertTrue(one.news.look(), "the acknowledgement may have come since");
        now += SECOND;
        assertFalse(one.news.look());
        assertEquals(List.of(counted(1), counted(4), counted(4)), one.byKernel, "each tells what is new");
    }

    @Test
    void aKernelThatMeasuresNothingDoesNotTell() {
        one.news.toldBy(() -> Optional.of(new TransportFigures(0, 0, 0, 3, 0, 0)));
        assertFalse(one.news.isToldByKernel());
    }

    @Test
    void aKernelThatDoesNotAnswerIsNotAskedAgain() {
        one.news.toldBy(() -> {
            throw new ChannelException("no such option");
        });
        one.news.leaving(100, true);
        assertFalse(one.news.look());
        assertFalse(one.news.isToldByKernel());
        assertEquals(List.of("no such option"), one.ignored);
    }
}
