package dev.foresail.predictor.subset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GreedyChoiceTest {
    /** Of 0 and 1, neither can be exchanged alone: 2 is too heavy beside any, and 3 is worth less. */
    private static final SubsetProblem PROBLEM =
            SubsetProblem.choose(2, 10, 10, 14, 8).atMost("sum(cost) <= 10", 10, 5, 5, 8, 2);

    private static GreedyChoice chosen() {
        GreedyChoice choice = new GreedyChoice(PROBLEM, new Effort(SubsetBudget.DEFAULT));
        choice.tryOrder(new int[] {0, 1, 2, 3});
        choice.exchange();
        assertArrayEquals(new int[] {0, 1}, choice.chosen());
        return choice;
    }

    @Test
    void twoAreExchangedForTwoWhereNoneCanBeAlone() {
        GreedyChoice choice = chosen();
        choice.exchangePairs(new double[] {0, 0, 1, -1});
        assertArrayEquals(new int[] {2, 3}, choice.chosen());
        assertEquals(22, choice.value());
    }

    @Test
    void whoIsDecidedStays() {
        GreedyChoice choice = chosen();
        choice.exchangePairs(new double[] {0, 0, 1, Double.NaN});
        choice.exchangePairs(new double[] {0, Double.NaN, 1, -1});
        assertArrayEquals(new int[] {0, 1}, choice.chosen());
    }
}
