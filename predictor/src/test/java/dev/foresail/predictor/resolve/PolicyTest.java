package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resolvers that predict nothing, asked inside a handler. */
class PolicyTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    private static List<Integer> chosen(Fallback fallback, String... choices) {
        PolicyResolver<Object> resolver = new PolicyResolver<>(fallback, bound -> bound - 1);
        List<Integer> chosen = new ArrayList<>();
        for (String choice : choices) {
            chosen.add(resolver.resolveNow(choice, THREE));
        }
        return chosen;
    }

    @Test
    void firstTakesTheFirstAndRandomWhatIsDrawn() {
        assertEquals(List.of(0, 0), chosen(Fallback.FIRST, "x", "x"));
        assertEquals(List.of(2, 2), chosen(Fallback.RANDOM, "x", "x"));
    }

    @Test
    void everyChoiceHasItsOwnTurns() {
        assertEquals(List.of(0, 1, 0, 2, 0, 1), chosen(Fallback.ROUND_ROBIN, "x", "x", "y", "x", "x", "y"));
    }

    @Test
    void aScriptIsFollowedToItsEnd() {
        ScriptedResolver<Object> resolver = new ScriptedResolver<>(List.of(2, 0));
        assertEquals(2, resolver.resolveNow("x", THREE));
        assertEquals(0, resolver.resolveNow("y", THREE));
        ProtocolException over = assertThrows(ProtocolException.class, () -> resolver.resolveNow("x", THREE));
        assertEquals("FS130", over.code());
        assertTrue(over.getMessage().contains("nothing more"), over.getMessage());
    }

    @Test
    void aScriptThatDoesNotFitIsAnError() {
        ScriptedResolver<Object> resolver = new ScriptedResolver<>(List.of(3, -1));
        assertThrows(ProtocolException.class, () -> resolver.resolveNow("x", THREE));
        assertThrows(ProtocolException.class, () -> resolver.resolveNow("x", THREE));
    }
}
