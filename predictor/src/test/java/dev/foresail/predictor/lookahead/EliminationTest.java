package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import org.junit.jupiter.api.Test;

class EliminationTest {
    /** Differences that are 1 and 3 in turn: their mean is 2, the mean of their squares 5. */
    @Test
    void theMoreDifferencesTheSurer() {
        assertFalse(Elimination.isConfidentlyPositive(2, 5, 2));
        assertTrue(Elimination.isConfidentlyPositive(2, 5, 8));
        assertTrue(Elimination.isConfidentlyPositive(2, 5, 1_000), "beyond the table too");
    }

    @Test
    void whatDoesNotVaryIsSureAtOnce() {
        assertTrue(Elimination.isConfidentlyPositive(0.5, 0.25, 2));
        assertFalse(Elimination.isConfidentlyPositive(-0.5, 0.25, 2));
        assertFalse(Elimination.isConfidentlyPositive(0.5, 0.25, 1), "one figure may be luck");
    }

    /** Differences without a preference: at one look one in twenty is taken for one. */
    @Test
    void theStatedConfidenceHolds() {
        RandomStream random = RandomStream.of(3, "differences");
        for (int count : new int[] {2, 4, 8}) {
            int mistakes = 0;
            for (int trial = 0; trial < 20_000; trial++) {
                double sum = 0;
                double squares = 0;
                for (int index = 0; index < count; index++) {
                    double difference = random.nextGaussian();
                    sum += difference;
                    squares += difference * difference;
                }
                mistakes += Elimination.isConfidentlyPositive(sum / count, squares / count, count) ? 1 : 0;
            }
            assertTrue(mistakes > 900 && mistakes < 1_100, count + " differences: " + mistakes + " of 20000");
        }
    }
}
