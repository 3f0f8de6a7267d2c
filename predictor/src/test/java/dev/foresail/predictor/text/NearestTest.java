package dev.foresail.predictor.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {
    private static final List<String> NAMES = List.of("objectives", "peers", "prediction", "protocol");

    @Test
    void aSlipOfTheFingerFindsTheName() {
        assertEquals(Optional.of("objectives"), Nearest.to("objectvies", NAMES));
        assertEquals(Optional.of("peers"), Nearest.to("PEER", NAMES));
    }

    @Test
    void somethingElseFindsNothing() {
        assertEquals(Optional.empty(), Nearest.to("temperature", NAMES));
        assertEquals("; (there are none)", Nearest.hint("x", List.of()));
    }
}
