package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.fixture.TwoPhase;
import org.junit.jupiter.api.Test;

final class VerdictMemoTest {
    @Test
    void theSameQuestionIsAskedOnce() {
        WorldSpace space = new WorldSpace(TwoPhase.model(1));
        int[] row = space.beginnings().worlds().get(0).row();
        int[] asked = new int[1];
        VerdictMemo memo = new VerdictMemo(space, locals -> {
            assertEquals(space.nodes(), locals.length);
            return asked[0]++;
        });
        // Zero is a key like any other, and many keys want the same place.
        for (int round = 0; round < 3; round++) {
            for (int number = 0; number < 1_000; number++) {
                assertEquals(number, memo.answer((long) number << 20, row, 0));
            }
        }
        assertEquals(1_000, asked[0]);
    }
}
