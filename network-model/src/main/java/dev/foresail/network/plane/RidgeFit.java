package dev.foresail.network.plane;

import java.util.Arrays;
import java.util.List;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * A value that is the sum of what its source and its destination add, and a slope times one more figure. Ends are drawn towards
 * adding nothing, by the ridge; rows that are far off are given less weight. Immutable.
 */
final class RidgeFit {
    static final RidgeFit NONE = new RidgeFit(0, new double[] {0, 0}, 0);

    private static final int ROUNDS = 10;
    private static final double HUBER = 1.345;
    /** The median of the magnitudes of a normal variable, inverted. */
    private static final double DEVIATION_BY_MEDIAN = 1.4826;

    private final int sources;
    private final double[] coefficients;
    private final double centre;

    /**
     * One observation.
     *
     * @param source from 0 on; -1 for one that adds nothing
     * @param destination as the source
     */
    record Row(int source, int destination, double figure, double target) {}

    private RidgeFit(int sources, double[] coefficients, double centre) {
        this.sources = sources;
        this.coefficients = coefficients;
        this.centre = centre;
    }

    static RidgeFit of(int sources, int destinations, List<Row> rows, double ridge) {
        double centre = rows.stream().mapToDouble(Row::figure).average().orElse(0);
        RidgeFit fit = new RidgeFit(sources, new double[sources + destinations + 2], centre);
        double[] weights = new double[rows.size()];
        Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS; round++) {
            fit = fit.solved(rows, weights, ridge);
            fit.weigh(rows, weights);
        }
        return fit;
    }

    private RidgeFit solved(List<Row> rows, double[] weights, double ridge) {
        int size = coefficients.length;
        R064Store normal = R064Store.FACTORY.make(size, size);
        R064Store right = R064Store.FACTORY.make(size, 1);
        for (int diagonal = 0; diagonal < size; diagonal++) {
            // The mean and the slope are not drawn anywhere; a trace keeps the matrix positive.
            normal.set(diagonal, diagonal, diagonal < size - 2 ? ridge : 1e-9);
        }
        for (int index = 0; index < rows.size(); index++) {
            Row row = rows.get(index);
            int[] places = {row.source(), sources + row.destination(), size - 2, size - 1};
            double[] values = {1, 1, 1, row.figure() - centre};
            for (int one = 0; one < places.length; one++) {
                right.add(places[one], 0, weights[index] * values[one] * row.target());
                for (int other = 0; other < places.length; other++) {
                    normal.add(places[one], places[other], weights[index] * values[one] * values[other]);
                }
            }
        }
        Cholesky<Double> cholesky = Cholesky.R064.make(normal);
        if (!cholesky.decompose(normal)) {
            return this;
        }
        MatrixStore<Double> solution = cholesky.getSolution(right);
        double[] solved = new double[size];
        Arrays.setAll(solved, solution::doubleValue);
        return new RidgeFit(sources, solved, centre);
    }

    private void weigh(List<Row> rows, double[] weights) {
        double[] errors = new double[rows.size()];
        Arrays.setAll(errors, index -> StrictMath.abs(rows.get(index).target() - at(rows.get(index))));
        double bound = HUBER * DEVIATION_BY_MEDIAN * median(errors);
        Arrays.setAll(weights, index -> errors[index] <= bound ? 1 : bound / errors[index]);
    }

    /** The value of a row, whose target does not matter. */
    double at(Row row) {
        int size = coefficients.length;
        double sum = coefficients[size - 2] + coefficients[size - 1] * (row.figure() - centre);
        sum += row.source() < 0 ? 0 : coefficients[row.source()];
        return sum + (row.destination() < 0 ? 0 : coefficients[sources + row.destination()]);
    }

    /** The median, of the two middle values the mean; 0 of none. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
