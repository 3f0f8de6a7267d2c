package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredLinkTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MINUTE = 60 * SECOND;

    private final ChangeCalibrations calibrations = new ChangeCalibrations();

    private MeasuredLink link() {
        return new MeasuredLink(calibrations);
    }

    @Test
    void nothingIsKnownOfANewLink() {
        MeasuredLink link = link();
        assertFalse(link.roundTripNanos(0).isKnown());
        assertFalse(link.minimumRoundTripNanos(0).isKnown());
        assertFalse(link.bytesPerSecond(0).isKnown());
        assertFalse(link.lossProbability(0).isKnown());
        assertEquals(Optional.empty(), link.roundTripInterval(0.8, 0));
        assertEquals(Optional.empty(), link.bytesPerSecondInterval(0.8, 0));
    }

    /** A node with wires, which change by thousandths, and radios, whose round trip is any of 20 to 320 ms each minute. */
    @Test
    void intervalsHoldWhatTheyStateOnWiresAndOnRadios() {
        RandomStream random = RandomStream.of(17, "links");
        List<MeasuredLink> links = new ArrayList<>();
        for (int index = 0; index < 60; index++) {
            links.add(link());
        }
        int[] inside = new int[2];
        int[] stated = new int[2];
        double[] width = new double[2];
        for (int minute = 0; minute < 150; minute++) {
            long now = minute * MINUTE;
            for (int index = 0; index < links.size(); index++) {
                int radio = index % 2;
                double nanos = radio == 1
                        ? 20 * MILLI * StrictMath.exp(2.77 * random.nextDouble())
                        : 80 * MILLI * (1 + 0.001 * random.nextGaussian());
                Optional<Interval> interval = links.get(index).roundTripInterval(0.8, now);
                if (minute > 20 && interval.isPresent()) {
                    stated[radio]++;
                    inside[radio] += interval.get().contains(nanos) ? 1 : 0;
                    width[radio] += StrictMath.log(
                            interval.get().high() / interval.get().low());
                }
                if ((minute + index) % 3 == 0) {
                    links.get(index).roundTrip((long) nanos, 0, false, now);
                }
            }
        }
        for (int radio = 0; radio < 2; radio++) {
            assertEquals(0.8, (double) inside[radio] / stated[radio], 0.05);
        }
        assertTrue(width[0] / stated[0] < 0.01, "a wire's interval is narrow beside radios");
        assertTrue(width[1] / stated[1] > 1, "a radio's is wide beside wires");
    }

    @Test
    void aCoarseClocksTiesLieInsideTogether() {
        RandomStream random = RandomStream.of(19, "grid");
        List<MeasuredLink> links = new ArrayList<>();
        for (int index = 0; index < 100; index++) {
            links.add(link());
        }
        int inside = 0;
        int stated = 0;
        for (int minute = 0; minute < 100; minute++) {
            for (MeasuredLink link : links) {
                // Steps of 10 ms; every second value is the one before.
                long nanos = random.nextInt(1, 21) * 10L * MILLI;
                Figure before = link.roundTripNanos(minute * MINUTE);
                long measured = before.isKnown() && random.nextBoolean() ? (long) before.value() : nanos;
                Optional<Interval> interval = link.roundTripInterval(0.8, minute * MINUTE);
                if (interval.isPresent() && minute > 20) {
                    stated++;
                    inside += interval.get().contains((double) measured) ? 1 : 0;
                }
                link.roundTrip(measured, 0, false, minute * MINUTE);
            }
        }
        double share = (double) inside / stated;
        assertTrue(share > 0.75 && share < 0.85, () -> "inside: " + share);
    }

    @Test
    void theSpreadOfAWanderingLinkGrowsWithAgeUpToALimit() {
        RandomStream random = RandomStream.of(23, "wander");
        List<MeasuredLink> links = new ArrayList<>();
        double[] logs = new double[40];
        for (int index = 0; index < logs.length; index++) {
            links.add(link());
        }
        for (int minute = 0; minute < 1_500; minute++) {
            for (int index = 0; index < logs.length; index++) {
                // What is left of a deviation after a quarter of an hour is a third.
                logs[index] = logs[index] * StrictMath.exp(-1.0 / 15) + 0.1 * random.nextGaussian();
                if ((minute + index) % 4 == 0) {
                    long nanos = (long) (100 * MILLI * StrictMath.exp(logs[index]));
                    links.get(index).roundTrip(nanos, 0, false, minute * MINUTE);
                }
            }
        }
        long now = 1_500 * MINUTE;
        MeasuredLink link = links.get(0);
        link.roundTrip(100 * MILLI, 0, false, now);
        double fresh = link.roundTripNanos(now).spread();
        double hour = link.roundTripNanos(now + 60 * MINUTE).spread();
        double day = link.roundTripNanos(now + 1_440 * MINUTE).spread();
        assertTrue(hour > fresh);
        assertEquals(hour, day, hour / 5);
        // The mean difference of two values whose deviation is 0.28 each is 0.31.
        assertEquals(31 * MILLI, day, 12 * MILLI);
    }

    private static TransportFigures figures(long roundTripMicros, long segments, long again, long silentMillis) {
        return new TransportFigures(roundTripMicros, 3_000, 0, segments, again, silentMillis);
    }

    @Test
    void theKernelsFiguresGiveRoundTripAndLosses() {
        MeasuredLink link = link();
        ConnectionCounts connection = new ConnectionCounts();
        link.transport(connection.since(figures(0, 0, 0, 0), 0), 0);
        assertFalse(link.roundTripNanos(0).isKnown());
        assertFalse(link.lossProbability(0).isKnown(), "nothing was sent");
        link.transport(connection.since(figures(40_000, 1_000, 10, 0), SECOND), SECOND);
        assertEquals(new Figure(40 * MILLI, 3 * MILLI, 1, 0), link.roundTripNanos(SECOND));
        Figure loss = link.lossProbability(SECOND);
        assertEquals(10.0 / 1_000, loss.value(), 0.002);
        assertEquals(1_000, loss.samples());
        assertTrue(link.lossInterval(0.95).contains(10.0 / 1_000));
        link.transport(connection.since(figures(40_000, 3_000, 10, 0), 2 * SECOND), 2 * SECOND);
        assertEquals(3_000, link.lossProbability(2 * SECOND).samples(), "only what is new counts");
        assertTrue(link.lossProbability(2 * SECOND).value() < 0.008);
    }

    /** The kernel's counts have 32 bits. */
    @Test
    void countsThatHaveComeRoundGoOn() {
        ConnectionCounts connection = new ConnectionCounts();
        long nearlyRound = (1L << 32) - 10;
        connection.since(figures(20_000, nearlyRound, 3, 0), SECOND);
        TransportFigures fresh = connection.since(figures(20_000, 90, 3, 0), 2 * SECOND);
        assertEquals(100, fresh.segments());
        assertEquals(0, fresh.retransmissions());
        assertEquals(5, connection.since(figures(20_000, 95, 3, 0), 3 * SECOND).segments());
    }

    @Test
    void everyConnectionCountsFromTheBeginning() {
        MeasuredLink link = link();
        link.transport(new ConnectionCounts().since(figures(40_000, 1_000, 0, 0), SECOND), SECOND);
        // Another node of the process has a connection with the same peer.
        ConnectionCounts other = new ConnectionCounts();
        link.transport(other.since(figures(40_000, 500, 0, 0), 2 * SECOND), 2 * SECOND);
        link.transport(other.since(figures(40_000, 700, 0, 0), 3 * SECOND), 3 * SECOND);
        assertEquals(1_700, link.lossProbability(3 * SECOND).samples());
    }

    @Test
    void whatWasNotLostAfterAllIsSetAgainstTheNextLosses() {
        ConnectionCounts connection = new ConnectionCounts();
        assertEquals(5, connection.since(figures(1, 100, 5, 0), SECOND).retransmissions());
        assertEquals(0, connection.since(figures(1, 200, 3, 0), 2 * SECOND).retransmissions());
        assertEquals(1, connection.since(figures(1, 300, 6, 0), 3 * SECOND).retransmissions());
    }

    @Test
    void aKernelThatDoesNotCountWhatItSendsSaysNothingOfLosses() {
        MeasuredLink link = link();
        link.transport(figures(40_000, 0, 0, 0), SECOND);
        assertTrue(link.roundTripNanos(SECOND).isKnown());
        assertFalse(link.lossProbability(SECOND).isKnown());
    }

    @Test
    void anIdleConnectionsRoundTripGetsOlder() {
        MeasuredLink link = link();
        ConnectionCounts connection = new ConnectionCounts();
        link.transport(connection.since(figures(40_000, 1, 0, 10), SECOND), SECOND);
        link.transport(connection.since(figures(40_000, 1, 0, 1_010), 2 * SECOND), 2 * SECOND);
        link.transport(connection.since(figures(40_000, 1, 0, 2_010), 3 * SECOND), 3 * SECOND);
        assertEquals(1, link.roundTripNanos(3 * SECOND).samples());
        assertEquals(2 * SECOND + 10 * MILLI, link.roundTripNanos(3 * SECOND).ageNanos());
        link.transport(connection.since(figures(50_000, 2, 0, 400), 4 * SECOND), 4 * SECOND);
        assertEquals(2, link.roundTripNanos(4 * SECOND).samples());
        assertEquals(400 * MILLI, link.roundTripNanos(4 * SECOND).ageNanos(), "as old as the acknowledgement");
    }

    @Test
    void whileTheKernelTellsWhatNodesMeasureDoesNotCount() {
        MeasuredLink link = link();
        link.roundTrip(5 * MILLI, 0, false, 0);
        link.transport(new TransportFigures(2_000, 100, 1_500, 1, 0, 0), SECOND);
        link.roundTrip(5 * MILLI, 0, false, 2 * SECOND);
        assertTrue(link.isToldByKernel(2 * SECOND));
        assertEquals(new Figure(2 * MILLI, MILLI / 10.0, 2, SECOND), link.roundTripNanos(2 * SECOND));
        assertEquals(1.5 * MILLI, link.minimumRoundTripNanos(2 * SECOND).value());
        link.roundTrip(5 * MILLI, 0, false, 12 * SECOND);
        assertFalse(link.isToldByKernel(12 * SECOND), "it has said nothing for long");
        assertEquals(5 * MILLI, link.roundTripNanos(12 * SECOND).value());
        link.transport(new TransportFigures(2_000, 100, 1_500, 1, 0, 0), 13 * SECOND);
        link.connectionBroke();
        link.roundTrip(5 * MILLI, 0, false, 14 * SECOND);
        assertEquals(
                14 * SECOND, 14 * SECOND - link.roundTripNanos(14 * SECOND).ageNanos(), "and of no other connection");
    }

    @Test
    void aPeerThatVanishesLeavesItsLastFigures() {
        MeasuredLink link = link();
        link.roundTrip(30 * MILLI, 0, false, 0);
        link.sent(1_000, false, 0);
        link.acknowledged(1_000, 30 * MILLI);
        link.sent(5_000, false, SECOND);
        link.connectionBroke();
        link.acknowledged(5_000, 2 * SECOND);
        assertEquals(1, link.faults());
        assertEquals(MINUTE, link.roundTripNanos(MINUTE).ageNanos());
        assertEquals(30 * MILLI, link.roundTripNanos(MINUTE).value());
        assertEquals(1_000 / 0.03, link.bytesPerSecond(MINUTE).value(), 1);
        assertFalse(link.minimumRoundTripNanos(MINUTE).isKnown());
    }

    @Test
    void whateverComesNothingIsThrownAndFiguresStayFigures() {
        RandomStream random = RandomStream.of(29, "hostile");
        long[] times = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, SECOND, MINUTE, -SECOND};
        for (int run = 0; run < 200; run++) {
            MeasuredLink link = link();
            long now = 0;
            for (int step = 0; step < 100; step++) {
                now = random.nextInt(10) == 0
                        ? times[random.nextInt(times.length)]
                        : now + random.nextInt(1_000) * MILLI;
                long value = times[random.nextInt(times.length)] / 1_000;
                switch (random.nextInt(5)) {
                    case 0 -> link.roundTrip(value, times[random.nextInt(times.length)], random.nextBoolean(), now);
                    case 1 -> link.outcome(value, times[random.nextInt(times.length)], now);
                    case 2 -> link.transport(new TransportFigures(value, value / 2, value, value, value, value), now);
                    case 3 -> link.sent(value, random.nextBoolean(), now);
                    default -> link.acknowledged(value, now);
                }
                assertTrue(link.roundTripNanos(now).value() >= 0);
                assertTrue(link.queueingNanos(now).value() >= 0);
                assertTrue(link.minimumRoundTripNanos(now).value() >= 0);
                assertTrue(link.bytesPerSecond(now).value() > 0);
                assertTrue(link.lossProbability(now).value() >= 0);
                link.roundTripInterval(0.8, now).ifPresent(interval -> assertTrue(interval.low() >= 0));
            }
        }
    }
}
