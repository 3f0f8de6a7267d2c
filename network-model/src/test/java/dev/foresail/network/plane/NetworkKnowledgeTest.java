package dev.foresail.network.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes on a line: what one of them knows of the others. */
final class NetworkKnowledgeTest {
    private static final long MILLI = 1_000_000L;

    private final NetworkKnowledge<String> knowledge =
            new NetworkKnowledge<>(new PlaneSettings(32, 8, 3), RandomStream.of(3, "place"));

    private static Coordinate at(double millis) {
        float[] position = new float[Coordinate.DIMENSIONS];
        position[0] = (float) millis;
        return Coordinate.of(position, 0, 0.05f);
    }

    /** The node finds itself at 0 on the line. */
    private void settle() {
        knowledge.serve("me");
        for (int round = 0; round < 30; round++) {
            for (int place = -40; place <= 40; place += 20) {
                if (place != 0) {
                    knowledge.sample("p" + place, at(place), Math.abs(place) * MILLI, round);
                }
            }
        }
    }

    private Figure roundTrip(String one, String other) {
        return knowledge.plane().latencyNanos(one, other, 30).scaled(2);
    }

    private static LinkReport<String> report(String peer, double millis, double place) {
        return new LinkReport<>(peer, millis * MILLI, MILLI, 7, 0, 0, Optional.of(at(place)));
    }

    @Test
    void aPairOfPeersIsEstimatedByWhereTheySayTheyAre() {
        assertEquals(Optional.empty(), knowledge.coordinate("p20"));
        assertFalse(roundTrip("p20", "p40").isKnown());
        settle();
        assertEquals(Optional.of(at(20)), knowledge.coordinate("p20"));
        Figure estimated = roundTrip("p-40", "p20");
        assertEquals(60 * MILLI, estimated.value(), MILLI / 100.0);
        assertEquals(3 * MILLI, estimated.spread(), MILLI / 100.0);
        assertEquals(4, estimated.samples());
        assertEquals(1, estimated.ageNanos());
        assertEquals(20 * MILLI, roundTrip("me", "p20").value(), 6.0 * MILLI);
        knowledge.forget("p20");
        assertFalse(roundTrip("p-40", "p20").isKnown());
    }

    @Test
    void whoIsNotWhereItsRoundTripPutsItIsNotEstimated() {
        settle();
        knowledge.hear("p20", at(2_000), 30);
        assertFalse(roundTrip("p20", "p40").isKnown());
        knowledge.hear("p20", at(30), 30);
        assertEquals(10 * MILLI, roundTrip("p20", "p40").value(), MILLI / 100.0);
        knowledge.hear("stranger", at(100), 30);
        assertEquals(60 * MILLI, roundTrip("stranger", "p40").value(), MILLI / 100.0);
    }

    @Test
    void aRoundTripThatThePeerTellsDoesNotVouchForIt() {
        settle();
        assertTrue(knowledge.sampleTold("p20", at(2_000), 2_000 * MILLI, 30));
        assertFalse(roundTrip("p20", "p40").isKnown(), "20 ms were measured");
    }

    @Test
    void aThirdNodeIsWhereTheMiddleOfThreeSaysUntilItSaysSoItself() {
        settle();
        assertEquals(Optional.empty(), knowledge.take("p20", List.of(report("far", 5_000, 9_000)), 0));
        Figure alone = roundTrip("far", "me");
        assertTrue(alone.value() <= 160.1 * MILLI, () -> "four times what is usual: " + alone);
        assertTrue(alone.spread() >= alone.value());
        knowledge.take("p40", List.of(report("far", 80, 120)), 10);
        Figure ofTwo = roundTrip("far", "me");
        assertTrue(ofTwo.value() <= 160.1 * MILLI, () -> "one of two who lies does not set it: " + ofTwo);
        knowledge.take("p-20", List.of(report("far", 130, 110)), 20);
        Figure agreed = roundTrip("far", "me");
        assertEquals(120 * MILLI, agreed.value(), 6.0 * MILLI);
        knowledge.hear("far", at(60), 25);
        assertEquals(60 * MILLI, roundTrip("far", "me").value(), 6.0 * MILLI);
    }

    @Test
    void nobodyTellsThisNodeWhereItIsAndTooLongAReportTellsNothing() {
        settle();
        Coordinate before = knowledge.coordinate();
        knowledge.take("p20", List.of(report("me", 20, 500), report("p20", 1, 1)), 0);
        assertEquals(before, knowledge.coordinate());
        assertEquals(20 * MILLI, roundTrip("me", "p20").value(), 6.0 * MILLI);
        List<LinkReport<String>> tooMany =
                List.of(report("a", 9, 9), report("b", 9, 9), report("c", 9, 9), report("d", 9, 9));
        assertTrue(knowledge.take("p40", tooMany, 0).orElseThrow().startsWith("[FS365]"));
        assertTrue(knowledge
                .take("me", List.of(report("a", 9, 9)), 0)
                .orElseThrow()
                .startsWith("[FS365]"));
        assertFalse(roundTrip("me", "a").isKnown());
    }

    @Test
    void aRoundTripThatCannotBeMovesNothing() {
        settle();
        Coordinate before = knowledge.coordinate();
        assertFalse(knowledge.sample("p20", at(20), -1, 31));
        assertFalse(knowledge.sample("p20", at(20), 10_001 * MILLI, 31));
        assertEquals(before, knowledge.coordinate());
    }

    @Test
    void strangersAreForgottenBeforeThereAreTooMany() {
        settle();
        for (int stranger = 0; stranger < 1_000; stranger++) {
            knowledge.hear("h" + stranger, at(50), stranger);
            knowledge.take("p20", List.of(report("s" + stranger, 30, 50)), stranger);
        }
        assertEquals(Optional.empty(), knowledge.coordinate("h0"));
        assertEquals(Optional.of(at(50)), knowledge.coordinate("h999"));
        assertTrue(roundTrip("me", "s999").isKnown());
        assertFalse(roundTrip("me", "s0").isKnown());
    }

    @Test
    void whatIsExportedSaysWhereThePeersAre() {
        settle();
        knowledge.plane().roundTrip("p20", 20 * MILLI, 30);
        knowledge.plane().roundTrip("silent", 20 * MILLI, 31);
        List<LinkReport<String>> exported = knowledge.export(10, 32);
        assertEquals(Optional.empty(), exported.get(0).place());
        assertEquals(Optional.of(at(20)), exported.get(1).place());
    }
}
