package dev.foresail.predictor.resolve;

import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the predictions of simulated nodes together to a {@link ValueTable}. Of a situation that was predicted several times the alternative counts that was
 * best most often, of equals the one of the lowest mean. Thread-safe; sums depend on the order of predictions, so simulations that are to give the same
 * table run one after the other.
 */
public final class ValueCollector {
    private final SortedMap<Long, Sums> situations = new TreeMap<>();
    private long predictions;

    /** What was predicted of one situation so far. */
    private static final class Sums {
        final int[] timesBest;
        final double[] means;
        final double[] squares;
        final double[] variances;
        final int[] rollOuts;
        int predictions;

        Sums(int alternatives) {
            timesBest = new int[alternatives];
            means = new double[alternatives];
            squares = new double[alternatives];
            variances = new double[alternatives];
            rollOuts = new int[alternatives];
        }

        void add(Evaluation evaluation) {
            timesBest[evaluation.best()]++;
            for (int index = 0; index < means.length; index++) {
                Decision.Value value = evaluation.values().get(index);
                means[index] += value.mean();
                squares[index] += value.mean() * value.mean();
                variances[index] += value.spread() * value.spread();
                rollOuts[index] += value.rollOuts();
            }
            predictions++;
        }

        ValueTable.Row row() {
            List<Decision.Value> values = new ArrayList<>();
            int best = 0;
            for (int index = 0; index < means.length; index++) {
                double mean = means[index] / predictions;
                // Within the predictions and between them.
                double variance =
                        variances[index] / predictions + StrictMath.max(0, squares[index] / predictions - mean * mean);
                values.add(new Decision.Value(mean, StrictMath.sqrt(variance), rollOuts[index]));
                boolean isBetter = timesBest[index] > timesBest[best]
                        || (timesBest[index] == timesBest[best] && means[index] < means[best]);
                best = isBetter ? index : best;
            }
            return new ValueTable.Row(best, values, predictions);
        }
    }

    /** Takes a prediction. */
    synchronized void collect(long features, Evaluation evaluation) {
        Sums sums = situations.computeIfAbsent(
                features, first -> new Sums(evaluation.values().size()));
        if (sums.means.length == evaluation.values().size()) {
            sums.add(evaluation);
            predictions++;
        }
    }

    /** How many predictions were taken. */
    public synchronized long predictions() {
        return predictions;
    }

    /** What there is by now. */
    public synchronized ValueTable table(ValueTable.Origin origin) {
        SortedMap<Long, ValueTable.Row> rows = new TreeMap<>();
        situations.forEach((features, sums) -> rows.put(features, sums.row()));
        return new ValueTable(origin, rows);
    }
}
