package dev.foresail.eval.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of hindsight, by figures that can be checked by hand. */
final class JudgementTest {
    private static Judgement judgement(int chosen, double outcome, Double... costs) {
        return new Judgement(NodeId.of(1), 0, chosen, new Decision.Value(10, 2, 4), List.of(costs), outcome);
    }

    @Test
    void aChoiceIsBestWhenNothingElseWouldHaveCostLess() {
        assertTrue(judgement(1, 9, 12.0, 9.0, 9.0).isBest());
        assertFalse(judgement(0, 12, 12.0, 9.0, 9.0).isBest());
        assertTrue(judgement(0, 9, 9.0, 9.0).isIndifferent());
        assertFalse(judgement(0, 9, 9.0, 9.1).isIndifferent());
    }

    /** Four roll-outs with a deviation of 2: 1.6377 times 2 times the root of 1.25 is 3.66. */
    @Test
    void theIntervalIsThatOfOneMoreRollOut() {
        assertTrue(judgement(0, 13.66, 1.0).isWithinInterval());
        assertFalse(judgement(0, 13.67, 1.0).isWithinInterval());
        assertTrue(judgement(0, 6.34, 1.0).isWithinInterval());
        assertFalse(judgement(0, 6.33, 1.0).isWithinInterval());
    }

    @Test
    void regretIsWhatWasLostOfWhatTheBestWouldHaveCost() {
        HindsightFigures figures = new HindsightFigures(
                List.of(judgement(0, 10, 12.0, 9.0), judgement(1, 99, 12.0, 11.0), judgement(0, Double.NaN, 5.0, 5.0)));
        assertEquals(3, figures.judged());
        assertEquals(100 * 3 / 25.0, figures.regretPercent(), 1e-9);
        assertEquals(200 / 3.0, figures.bestPercent(), 1e-9);
        assertEquals(50, figures.bestPercentWhereItMattered(), 1e-9, "two decisions, of which one was wrong");
        assertEquals(50, figures.withinIntervalPercent(), 1e-9, "one has no outcome, one is far off");
    }

    /** A third of the way, the best, the worst; where all come to the same there was nothing to lose. */
    @Test
    void regretOfTheSpreadIsTheSameHoweverLittleOfTheCostAChoiceChanges() {
        double never = Double.POSITIVE_INFINITY;
        HindsightFigures figures = new HindsightFigures(List.of(
                judgement(0, 10, 1001.0, 1000.0, 1003.0),
                judgement(1, 10, 12.0, 9.0),
                judgement(0, 10, -6.0, -8.0),
                judgement(0, 10, 5.0, 5.0),
                judgement(0, 10, 5.0, never),
                judgement(0, 10, 5.0, Double.NaN)));
        assertEquals((100 / 3.0 + 0 + 100) / 3, figures.regretOfSpreadPercent(), 1e-9);
        assertEquals(figures.regretOfSpreadPercent(), figures.results().get("regretOfSpreadPercent"));
        assertTrue(Double.isNaN(new HindsightFigures(List.of(judgement(0, 9, 5.0, 5.0))).regretOfSpreadPercent()));
    }

    /** Gains are negative costs: the best alternative reached 8, what was taken 6. */
    @Test
    void regretOfAGainIsAShareOfTheBestGain() {
        assertEquals(25, new HindsightFigures(List.of(judgement(0, 0, -6.0, -8.0))).regretPercent(), 1e-9);
    }

    /** Infinity less infinity is no number, and would take the regret of all others with it. */
    @Test
    void aDecisionWhoseBestCostIsInfiniteOrUnknownIsLeftOutOfRegretAndCounted() {
        double never = Double.POSITIVE_INFINITY;
        HindsightFigures figures = new HindsightFigures(List.of(
                judgement(0, 10, 12.0, 10.0), judgement(1, 10, never, never), judgement(0, 10, 5.0, Double.NaN)));
        assertEquals(20, figures.regretPercent(), 1e-9);
        assertEquals(2, figures.leftOutOfRegret());
        assertEquals(2, figures.results().get("leftOutOfRegret"));
        assertEquals(3, figures.judged());
    }

    @Test
    void whoChoseWhatIsInfinitelyWorseRegretsItInfinitely() {
        HindsightFigures figures = new HindsightFigures(List.of(judgement(0, 10, Double.POSITIVE_INFINITY, 10.0)));
        assertEquals(Double.POSITIVE_INFINITY, figures.regretPercent());
        assertEquals(0, figures.leftOutOfRegret());
    }

    @Test
    void withoutDecisionsThereAreNoFigures() {
        HindsightFigures none = new HindsightFigures(List.of());
        assertTrue(Double.isNaN(none.bestPercent()) && Double.isNaN(none.regretPercent()));
        assertTrue(Double.isNaN(none.withinIntervalPercent()) && Double.isNaN(none.bestPercentWhereItMattered()));
    }
}
