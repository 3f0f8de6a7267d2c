package dev.foresail.network.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.MeasuredLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InformationPlaneTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final InformationPlane<String> plane = new InformationPlane<>("me");

    private static InformationPlane<String> estimating(double millis) {
        return new InformationPlane<>(
                Set.of("me"),
                (one, other, nowNanos) -> Optional.of(new Figure(millis * MILLI, MILLI, 5, 0)),
                new PlaneSettings(100, 2, 3));
    }

    private static LinkReport<String> report(String peer, double millis) {
        return new LinkReport<>(peer, millis * MILLI, MILLI, 7, SECOND, 0);
    }

    private double latencyMillis(String from, String to) {
        return plane.latencyNanos(from, to, 0).value() / MILLI;
    }

    @Test
    void aMeasuredLinkCountsInBothDirections() {
        plane.roundTrip("near", 20 * MILLI, 0);
        Figure expected = new Figure(10 * MILLI, 5 * MILLI, 1, 4);
        assertEquals(expected, plane.latencyNanos("me", "near", 4));
        assertEquals(expected, plane.latencyNanos("near", "me", 4));
        assertEquals(Figure.exact(0), plane.latencyNanos("me", "me", 4));
        assertEquals(List.of("near"), plane.peers());
    }

    @Test
    void whatWasNeverMeasuredIsTheMedianAndSaysSo() {
        assertEquals(50, latencyMillis("me", "far"));
        plane.roundTrip("a", 20 * MILLI, 0);
        plane.roundTrip("b", 30 * MILLI, 0);
        plane.roundTrip("c", 400 * MILLI, 0);
        plane.link("silent", 0).outcome(1, 0, 0);
        Figure assumed = plane.latencyNanos("a", "c", 0);
        assertEquals(15 * MILLI, assumed.value());
        assertFalse(assumed.isKnown());
        assertFalse(plane.lossProbability("me", "a", 0).isKnown());
        assertEquals(1, plane.lossProbability("silent", "me", 0).samples());
        plane.forget("a");
        assertEquals(107.5, latencyMillis("a", "c"));
        assertEquals(new TypicalLink.Summary(215 * MILLI, 107.5 * MILLI, 2), plane.typicalRoundTrip(0));
    }

    @Test
    void aNewMedianIsSeenWithinASecond() {
        plane.roundTrip("a", 20 * MILLI, 0);
        assertEquals(10, latencyMillis("x", "y"));
        plane.roundTrip("a", 100 * MILLI, SECOND);
        assertEquals(15 * MILLI, plane.latencyNanos("x", "y", SECOND).value());
    }

    @Test
    void ofAPairThatWasNeverMeasuredReportsCountBeforeEstimates() {
        InformationPlane<String> estimating = estimating(100);
        assertEquals(50 * MILLI, estimating.latencyNanos("a", "b", 0).value());
        assertEquals(Optional.empty(), estimating.take("a", List.of(report("b", 120)), 0));
        Figure reported = estimating.latencyNanos("b", "a", 2 * SECOND);
        assertEquals(new Figure(60 * MILLI, MILLI, 7, 3 * SECOND), reported);
        // What was measured comes before anything.
        estimating.roundTrip("a", 20 * MILLI, 0);
        estimating.take("a", List.of(report("me", 90)), 0);
        assertEquals(10 * MILLI, estimating.latencyNanos("me", "a", 0).value());
    }

    @Test
    void aLiarMovesAPairOnlyAsFarAsOthersAllow() {
        InformationPlane<String> estimating = estimating(100);
        estimating.take("liar", List.of(report("b", 5_000)), 0);
        assertEquals(50 * MILLI, estimating.latencyNanos("liar", "b", 0).value(), "the estimate stands against it");
        estimating.take("b", List.of(report("liar", 110)), 0);
        assertEquals(55 * MILLI, estimating.latencyNanos("liar", "b", 0).value(), "the middle of three");
        // Without an estimate the two reports are all there is, and the spread says that they do not agree.
        plane.take("liar", List.of(report("b", 5_000)), 0);
        plane.take("b", List.of(report("liar", 50)), 0);
        Figure torn = plane.latencyNanos("liar", "b", 0);
        assertEquals(250 * MILLI, torn.value(), MILLI);
        assertTrue(torn.spread() >= torn.value());
        // Of other pairs it says nothing.
        plane.take("liar", List.of(report("c", 1)), 0);
        assertFalse(plane.latencyNanos("b", "c", 0).isKnown());
    }

    @Test
    void reportsThatCannotBeAreIgnoredByCode() {
        InformationPlane<String> small = estimating(100);
        assertTrue(small.take("me", List.of(report("b", 1)), 0)
                .orElseThrow()
                .startsWith("[FS365] a report in this node's"));
        List<LinkReport<String>> many = List.of(report("a", 1), report("b", 1), report("c", 1), report("d", 1));
        assertEquals(
                "[FS365] a report of x was ignored: it speaks of 4 links, expected at most 3",
                small.take("x", many, 0).orElseThrow());
        List<LinkReport<String>> impossible = List.of(
                report("b", Double.NaN),
                new LinkReport<>("c", 1e6, Double.POSITIVE_INFINITY, 1, 0, 0),
                report("d", 101));
        assertEquals(
                "[FS365] of a report of x 2 of 3 links were ignored: figures that cannot be, or a link twice",
                small.take("x", impossible, 0).orElseThrow());
        assertEquals(50.5 * MILLI, small.latencyNanos("x", "d", 0).value());
        assertEquals(50 * MILLI, small.latencyNanos("x", "b", 0).value());
    }

    @Test
    void exportersAndPeersAreBounded() {
        InformationPlane<String> small = estimating(100);
        small.take("first", List.of(report("z", 110)), 0);
        small.take("second", List.of(report("z", 120)), 1);
        small.take("third", List.of(report("z", 130)), 2);
        assertEquals(50 * MILLI, small.latencyNanos("first", "z", 3).value());
        assertEquals(65 * MILLI, small.latencyNanos("third", "z", 3).value());
        for (int peer = 0; peer < 1_000; peer++) {
            small.roundTrip("p" + peer, MILLI, peer);
            small.roundTrip("kept", MILLI, peer);
            assertTrue(small.peers().size() <= 100);
        }
        assertTrue(small.peers().contains("kept"), "the ones written last stay");
        assertTrue(small.peers().contains("p999"));
    }

    @Test
    void whatIsExportedAnotherPlaneTakes() {
        plane.roundTrip("a", 20 * MILLI, 0);
        plane.roundTrip("b", 40 * MILLI, SECOND);
        plane.link("b", SECOND).sent(1_000, false, SECOND);
        plane.link("b", SECOND).acknowledged(1_000, SECOND + 40 * MILLI);
        plane.link("nothing", SECOND);
        InformationPlane<String> other = new InformationPlane<>("other");
        List<LinkReport<String>> exported = plane.export(10, 2 * SECOND);
        assertEquals(2, exported.size());
        assertEquals("b", plane.export(1, 2 * SECOND).get(0).peer(), "the one written last first");
        assertEquals(Optional.empty(), other.take("me", exported, 0));
        assertEquals(20 * MILLI, other.latencyNanos("b", "me", 0).value());
        assertEquals(25_000, other.bandwidthBytesPerSecond("me", "b", 0).value(), 1);
        assertFalse(other.bandwidthBytesPerSecond("b", "me", 0).isKnown());
        other.forget("me");
        assertFalse(other.latencyNanos("b", "me", 0).isKnown());
    }

    @Test
    void bandwidthThatNobodyMeasuredComesFromTheModel() {
        for (int peer = 0; peer < 40; peer++) {
            String name = "p" + peer;
            plane.roundTrip(name, 50 * MILLI, 0);
            plane.link(name, 0).sent(100_000, false, 0);
            plane.link(name, 0).acknowledged(100_000, 50 * MILLI);
        }
        assertFalse(plane.bandwidthBytesPerSecond("me", "new", 0).isKnown());
        plane.refit(SECOND);
        Figure modelled = plane.bandwidthBytesPerSecond("me", "new", SECOND);
        assertTrue(modelled.isKnown());
        assertEquals(2e6, modelled.value(), 1e4);
    }

    @Test
    void whatOneAloneSaysIsCutWhereNobodyEstimates() {
        plane.roundTrip("liar", 20 * MILLI, 0);
        plane.take("liar", List.of(report("b", 5_000), report("c", 0.01), report("d", 30)), 0);
        Figure far = plane.latencyNanos("liar", "b", 0);
        assertEquals(40 * MILLI, far.value(), "four times the typical round trip");
        assertEquals(40 * MILLI, far.spread());
        assertEquals(2.5 * MILLI, plane.latencyNanos("liar", "c", 0).value());
        assertEquals(15 * MILLI, plane.latencyNanos("liar", "d", 0).value());
    }

    @Test
    void aReportSaysMoreAndMoreAndTheOldestGoesBeyondTheLimit() {
        InformationPlane<String> small = estimating(100);
        small.take("x", List.of(report("a", 110), report("b", 120)), 0);
        small.take("x", List.of(report("c", 130), report("a", 140)), SECOND);
        assertEquals(60 * MILLI, small.latencyNanos("x", "b", SECOND).value(), "said before");
        assertEquals(2 * SECOND, small.latencyNanos("x", "b", SECOND).ageNanos());
        assertEquals(70 * MILLI, small.latencyNanos("x", "a", SECOND).value(), "said again");
        assertEquals(SECOND, small.latencyNanos("x", "a", SECOND).ageNanos());
        small.take("x", List.of(report("d", 150)), SECOND);
        assertEquals(50 * MILLI, small.latencyNanos("x", "b", SECOND).value(), "of three the oldest is gone");
        assertEquals(65 * MILLI, small.latencyNanos("x", "c", SECOND).value());
    }

    @Test
    void peersAreToldInTheOrderInWhichTheyCame() {
        List<String> came = new ArrayList<>();
        for (int peer = 0; peer < 40; peer++) {
            came.add("peer" + 37 * peer % 40);
            plane.roundTrip("peer" + 37 * peer % 40, MILLI, -peer);
        }
        assertEquals(came, plane.peers());
    }

    @Test
    void aMedianIsTheSameWhoeverWritesToALink() {
        plane.roundTrip("a", 20 * MILLI, 0);
        MeasuredLink link = plane.link("a", 0);
        assertEquals(20 * MILLI, plane.typicalRoundTrip(2 * SECOND).medianNanos());
        link.roundTrip(100 * MILLI, 0, false, 2 * SECOND);
        assertEquals(30 * MILLI, plane.typicalRoundTrip(4 * SECOND).medianNanos());
    }

    @Test
    void nodesOfOneProcessAreCloseAndShareItsLinks() {
        InformationPlane<String> shared =
                new InformationPlane<>(List.of("me", "myself"), PairEstimates.none(), PlaneSettings.DEFAULT);
        shared.roundTrip("a", 20 * MILLI, 0);
        assertEquals(10 * MILLI, shared.latencyNanos("myself", "a", 0).value());
        assertEquals(Figure.assumed(50_000), shared.latencyNanos("me", "myself", 0));
        shared.roundTrip("me", MILLI, 0);
        assertEquals(MILLI / 2.0, shared.latencyNanos("me", "myself", 0).value(), "as one of them has measured");
        assertEquals(MILLI / 2.0, shared.latencyNanos("myself", "me", 0).value());
    }

    @Test
    void exportersThatComeAtOnceAreBoundedToo() throws Exception {
        for (int round = 0; round < 200; round++) {
            InformationPlane<String> small = estimating(100);
            CyclicBarrier together = new CyclicBarrier(4);
            runAtOnce(4, thread -> {
                together.await();
                small.take("x" + thread, List.of(report("z", 150)), thread);
                return true;
            });
            long kept = IntStream.range(0, 4)
                    .filter(thread -> small.latencyNanos("x" + thread, "z", 0).value() == 75 * MILLI)
                    .count();
            assertEquals(2, kept, "of four");
        }
    }

    /** What a thread does, which has a number from 0. */
    private interface Work {
        boolean run(int thread) throws Exception;
    }

    private static void runAtOnce(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                running.add(pool.submit(() -> work.run(own)));
            }
            for (Future<Boolean> each : running) {
                assertTrue(each.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static long sampleNanos(int step) {
        return (1 + step * 7919L % 1000) * MILLI;
    }

    /** By how many samples there were, a figure is what one thread alone has found: no part of it is of another sample. */
    @Test
    void predictionsReadWhatEventLoopsWriteAndAllOfOneMoment() throws Exception {
        int steps = 20_000;
        List<Figure> alone = new ArrayList<>(List.of(Figure.assumed(0)));
        InformationPlane<String> quiet = new InformationPlane<>("me");
        for (int step = 0; step < steps; step++) {
            quiet.roundTrip("p", sampleNanos(step), 0);
            alone.add(quiet.latencyNanos("me", "p", 0));
        }
        runAtOnce(4, thread -> {
            for (int step = 0; step < steps; step++) {
                if (thread == 0) {
                    plane.roundTrip("p", sampleNanos(step), 0);
                } else if (thread == 1) {
                    plane.link("p", 0).outcome(10, step % 2, 0);
                } else {
                    Figure latency = plane.latencyNanos("me", "p", 0);
                    if (latency.isKnown()) {
                        assertEquals(alone.get((int) latency.samples()), latency);
                    }
                    assertTrue(plane.lossProbability("p", "me", 0).value() <= 0.1);
                    plane.latencyNanos("x", "y", 0);
                }
            }
            return true;
        });
        assertEquals(alone.get(steps), plane.latencyNanos("me", "p", 0), "no sample is lost");
    }

    @Test
    void whoseRoundTripWasAskedForIsKnownUntilItIsProbed() {
        plane.roundTrip("near", 20 * MILLI, 0);
        plane.link("silent", 0);
        assertEquals(OptionalLong.empty(), plane.askedAgeNanos("near", SECOND));
        plane.latencyNanos("near", "me", 0);
        plane.latencyNanos("me", "silent", 0);
        plane.latencyNanos("me", "stranger", 0);
        assertEquals(OptionalLong.of(SECOND), plane.askedAgeNanos("near", SECOND));
        assertEquals(OptionalLong.of(Long.MAX_VALUE), plane.askedAgeNanos("silent", SECOND));
        assertEquals(OptionalLong.empty(), plane.askedAgeNanos("stranger", SECOND));
        plane.probed("near");
        assertEquals(OptionalLong.empty(), plane.askedAgeNanos("near", SECOND));
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PlaneSettings(0, 1, 1));
    }
}
