package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.determinism.NonDeterminismException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ScriptTest {
    private static List<List<Integer>> runs(Consumer<Script> handler) {
        List<List<Integer>> runs = new ArrayList<>();
        Script script = new Script(() -> "a handler");
        do {
            script.rewind();
            handler.accept(script);
            List<Integer> decisions = new ArrayList<>();
            for (int decision : script.decisions()) {
                decisions.add(decision);
            }
            runs.add(decisions);
        } while (script.next());
        return runs;
    }

    @Test
    void everyCombinationIsTakenInLexicographicOrder() {
        assertEquals(
                List.of(List.of(0, 0), List.of(0, 1), List.of(0, 2), List.of(1, 0), List.of(1, 1), List.of(1, 2)),
                runs(script -> {
                    script.decide(2);
                    script.decide(3);
                }));
    }

    @Test
    void laterDecisionsMayDependOnEarlierOnes() {
        assertEquals(
                List.of(List.of(0), List.of(1, 0), List.of(1, 1), List.of(2, 0), List.of(2, 1), List.of(2, 2)),
                runs(script -> {
                    int first = script.decide(3);
                    if (first > 0) {
                        script.decide(first + 1);
                    }
                }));
    }

    @Test
    void whatHasOneOutcomeIsNoDecision() {
        assertEquals(List.of(List.of()), runs(script -> assertEquals(0, script.decide(1))));
        assertEquals(List.of(List.of()), runs(script -> {}));
    }

    @Test
    void manyDecisionsOfOneRunAreKept() {
        List<List<Integer>> runs = runs(script -> {
            for (int count = 0; count < 10; count++) {
                script.decide(2);
            }
        });
        assertEquals(1024, runs.size());
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), runs.get(1023));
    }

    @Test
    void aHandlerThatHasOtherOutcomesWhenItRunsAgainIsNotDeterministic() {
        Script script = new Script(() -> "a handler");
        script.decide(2);
        script.decide(2);
        assertTrue(script.next());
        script.rewind();
        assertThrows(NonDeterminismException.class, () -> script.decide(3));
    }

    @Test
    void aHandlerThatDecidesLessWhenItRunsAgainIsNotDeterministic() {
        Script script = new Script(() -> "a handler");
        script.decide(2);
        script.decide(2);
        assertTrue(script.next());
        script.rewind();
        script.decide(2);
        assertThrows(NonDeterminismException.class, script::next);
        assertFalse(new Script(() -> "a handler").next());
    }
}
