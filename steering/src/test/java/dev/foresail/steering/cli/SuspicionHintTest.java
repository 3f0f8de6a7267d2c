package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A verdict on a protocol that handles suspicions says that nobody was suspected. */
final class SuspicionHintTest {
    private static final String HINT = "nobody is suspected here";

    @Test
    void aCheckSaysThatItTriesNoSuspicions() {
        CommandRun vigil = CommandRun.of("check", "vigil", "--max-depth", "2");
        assertTrue(vigil.err().contains(HINT), vigil::toString);
        CommandRun granary = CommandRun.of("check", "granary", "--max-depth", "2");
        assertFalse(granary.err().contains(HINT), granary::toString);
    }
}
