package dev.foresail.network.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.coordinate.Coordinate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Some who speak of others, and one who never stops. */
final class HearsayTest {
    private static final Coordinate HERE = Coordinate.of(new float[Coordinate.DIMENSIONS], 0, 0.5f);

    private final Hearsay<String> hearsay = new Hearsay<>(10_000);

    private List<String> speakers(String third) {
        return hearsay.of(third).stream().map(Hearsay.Voice::speaker).toList();
    }

    @Test
    void theLastThreeWhoSpeakOfANodeAreHeard() {
        for (String speaker : List.of("a", "b", "c", "a", "d")) {
            hearsay.take(speaker, "far", HERE, 0);
        }
        assertEquals(List.of("c", "a", "d"), speakers("far"));
    }

    @Test
    void whoSpeaksOfTooManyMakesOnlyItsOwnWordsForgotten() {
        hearsay.take("honest", "n0", HERE, 0);
        for (int third = 0; third < 3 * Hearsay.MOST_OF_ONE; third++) {
            hearsay.take("chatterbox", "n" + third, HERE, third);
        }
        assertEquals(List.of("honest"), speakers("n0"));
        assertEquals(List.of(), speakers("n1"));
        assertEquals(List.of("chatterbox"), speakers("n" + 2 * Hearsay.MOST_OF_ONE));
    }

    @Test
    void whoIsForgottenHasSaidNothing() {
        hearsay.take("a", "far", HERE, 0);
        hearsay.take("b", "far", HERE, 0);
        hearsay.take("b", "near", HERE, 0);
        hearsay.forget("b");
        assertEquals(List.of("a"), speakers("far"));
        assertTrue(hearsay.of("near").isEmpty());
    }
}
