package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.lookahead.Costs;
import dev.foresail.predictor.objective.BoundGoal.Fold;
import dev.foresail.predictor.objective.BoundGoal.Limit;
import dev.foresail.predictor.objective.BoundGoal.Standing;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goals over made-up roll-outs of one column. */
class BoundGoalTest {
    private static final BoundGoal PERCENTILE =
            new BoundGoal("p95(x)", List.of(new Fold(0, 95)), values -> values[0], false, Limit.NONE);

    private static List<double[]> rows(double... values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toList();
    }

    @Test
    void aFutureThatCouldNotTellDoesNotHideThatTheOthersDiffer() {
        List<double[]> best = rows(1, 1, 1);
        assertEquals(Standing.OPEN, PERCENTILE.standing(rows(Double.NaN, 5, 9), best));
        assertEquals(Standing.OPEN, PERCENTILE.standing(rows(5, Double.NaN, 9), best));
        assertEquals(Standing.WORSE, PERCENTILE.standing(rows(Double.NaN, 5, 5), best), "what is known is the same");
    }

    @Test
    void luckIsAPossibilityOnlyWhereDifferencesCanBeTested() {
        List<BoundGoal> mean = List.of(BoundGoal.mean("x", 0));
        assertTrue(BoundGoal.isLuckAlone(mean, rows(1, 5, 2), rows(2, 1, 3)));
        assertFalse(BoundGoal.isLuckAlone(mean, rows(5, 6, 5), rows(1, 1, 1)), "worse with confidence");
        assertFalse(BoundGoal.isLuckAlone(mean, rows(Double.NaN, Double.NaN), rows(1, 1)), "it is not known any more");
        assertTrue(BoundGoal.isLuckAlone(mean, rows(1, 1), rows(1, 1)));
        List<BoundGoal> percentileFirst = List.of(PERCENTILE, BoundGoal.mean("x", 0));
        assertFalse(BoundGoal.isLuckAlone(percentileFirst, rows(1, 400, 2), rows(1, 50, 3)));
        assertTrue(BoundGoal.isLuckAlone(percentileFirst, rows(1, 50, 2), rows(50, 2, 3)), "then the mean tells");
        BoundGoal limit = new BoundGoal("x < 9", List.of(new Fold(0, 0)), values -> values[0] - 9, true, Limit.STRICT);
        assertTrue(
                BoundGoal.isLuckAlone(List.of(limit, mean.get(0)), rows(1, 8.5, 2), rows(2, 1, 8.9)), "both meet it");
        assertFalse(BoundGoal.isLuckAlone(List.of(limit, mean.get(0)), rows(1, 30, 2), rows(2, 1, 3)), "one misses it");
    }

    @Test
    void whatEqualsALimitMissesAStrictOneAndSmallMissesDiffer() {
        BoundGoal strict = new BoundGoal("x < 0", List.of(new Fold(0, 0)), values -> values[0], true, Limit.STRICT);
        double[] costs = {-1, 0, 1e-8, 1e-7, 1e-6, 1};
        for (int place = 0; place < costs.length; place++) {
            costs[place] = strict.cost(rows(costs[place]));
        }
        assertEquals(0, costs[0]);
        for (int place = 1; place < costs.length; place++) {
            assertTrue(
                    costs[place] > costs[place - 1] && Costs.differ(costs[place], costs[place - 1]),
                    Arrays.toString(costs));
        }
        BoundGoal loose = new BoundGoal("x <= 0", List.of(new Fold(0, 0)), values -> values[0], true, Limit.LOOSE);
        assertEquals(0, loose.cost(rows(0)));
        assertEquals(1e-8, loose.cost(rows(1e-8)));
    }
}
