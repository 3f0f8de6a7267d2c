package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.random.RandomStream;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MeasuredLinkDelaysTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId PEER = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);

    private final InformationPlane<NodeId> plane = new InformationPlane<>(SELF);
    private final MeasuredLinkDelays delays = new MeasuredLinkDelays(plane);
    private final RandomStream random = RandomStream.of(7, "delays");

    private LongSummaryStatistics drawn(NodeId to) {
        return LongStream.range(0, 10_000)
                .map(draw -> delays.sampleNanos(SELF, to, random))
                .summaryStatistics();
    }

    @Test
    void aMeasuredLinkTakesHalfItsRoundTrip() {
        for (int sample = 0; sample < 50; sample++) {
            delays.roundTrip(PEER, 20 * MILLI, sample * SECOND);
        }
        assertEquals(10.0 * MILLI, drawn(PEER).getAverage(), 0.2 * MILLI);
    }

    /** A pause of the other end makes some round trips many times as long as the rest. */
    @Test
    void aLinkThatVariesMoreThanItTakesIsNoFasterThanNothingAndNoSlowerOnAverage() {
        for (int sample = 0; sample < 400; sample++) {
            delays.roundTrip(PEER, sample % 9 == 8 ? 100 * MILLI : MILLI, sample * SECOND);
        }
        delays.roundTrip(OTHER, MILLI, 4_000 * SECOND);
        double valueNanos = plane.latencyNanos(SELF, PEER, 4_000 * SECOND).value();
        LongSummaryStatistics drawn = drawn(PEER);
        assertEquals(valueNanos, drawn.getAverage(), valueNanos / 20);
        assertTrue(drawn.getMin() >= 0 && drawn.getMax() <= 2 * valueNanos + 1, drawn::toString);
    }

    @Test
    void whatIsKnownOutlastsAConnectionAndWhatIsNotIsTakenForTypical() {
        delays.roundTrip(PEER, 20 * MILLI, SECOND);
        delays.connectionBroke(PEER);
        assertTrue(plane.latencyNanos(SELF, PEER, 2 * SECOND).isKnown());
        assertEquals(10.0 * MILLI, drawn(OTHER).getAverage(), MILLI);
    }

    @Test
    void whatTheKernelSendsAgainComesLater() {
        delays.transport(PEER, new TransportFigures(20_000, 0, 0, 1_000, 50, 0), SECOND);
        double loss = plane.lossProbability(SELF, PEER, SECOND).value();
        LongSummaryStatistics drawn = drawn(PEER);
        double expectedNanos = 10.0 * MILLI + loss / (1 - loss) * 200 * MILLI;
        assertEquals(expectedNanos, drawn.getAverage(), expectedNanos / 10);
        assertTrue(drawn.getMin() >= 9 * MILLI && drawn.getMax() >= 410 * MILLI, drawn::toString);
    }

    @Test
    void aLinkThatLosesEverythingIsGivenUp() {
        delays.transport(PEER, new TransportFigures(20_000, 0, 0, 1_000_000, 1_000_000, 0), SECOND);
        assertTrue(
                plane.lossProbability(SELF, PEER, SECOND).value() > 0.9,
                () -> plane.lossProbability(SELF, PEER, SECOND).toString());
        assertTrue(drawn(PEER).getMax() <= (15 * 200 + 20) * MILLI, drawn(PEER)::toString);
    }

    @Test
    void nothingIsLostOnALinkThatHasLostNothing() {
        delays.transport(PEER, new TransportFigures(20_000, 0, 0, 3, 0, 0), SECOND);
        assertTrue(plane.lossProbability(SELF, PEER, SECOND).isKnown());
        assertTrue(drawn(PEER).getMax() < 200 * MILLI);
    }
}
