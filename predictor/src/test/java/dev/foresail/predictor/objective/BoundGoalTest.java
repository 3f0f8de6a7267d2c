package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
