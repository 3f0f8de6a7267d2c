package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three diarists, 20 ms apart, who write to each other. */
class LinkProbesTest extends Diarists {
    @Test
    void aNodeLearnsOfLinksBetweenOthersAndOfASlowPeer() {
        LinkProbes<Diary> probes = LinkProbes.between(stage, Duration.ofSeconds(1));
        stage.serviceTime(TWO, Duration.ofMillis(5));
        write(ONE, TWO, 1);
        write(TWO, THREE, 1);
        stage.runUntil(Duration.ofMillis(900));
        MeasuredLinkDelays known = stage.existing(ONE).delays();
        assertTrue(known.figure(TWO, THREE, LinkFigure.RTT).isEmpty(), "nobody has probed yet");
        stage.runUntil(Duration.ofMillis(3_500));
        assertEquals(40, known.figure(ONE, TWO, LinkFigure.RTT).orElseThrow(), 1);
        assertEquals(40, known.figure(TWO, THREE, LinkFigure.RTT).orElseThrow(), 1, "a busy peer answers at once");
        assertTrue(known.figure(ONE, THREE, LinkFigure.RTT).isEmpty(), "they have no connection");
        assertEquals(5_000_000, known.serviceNanos(TWO));
        assertEquals(0, known.serviceNanos(THREE));
        assertEquals(24, probes.sent(), "four probes in a second, and as many answers");
    }

    @Test
    void probesHaveAnInterval() {
        assertThrows(IllegalArgumentException.class, () -> LinkProbes.between(stage, Duration.ZERO));
    }
}
