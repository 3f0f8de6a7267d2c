package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;
import java.util.List;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * The matrix of round trips as a product of two thin ones, one row each per node, which needs no geometry: alternating least
 * squares, each row by its own small normal equations, with a ridge in proportion to the samples of the row. Immutable.
 *
 * <p>Source: Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan, "Large-scale parallel collaborative filtering for the Netflix prize"
 * (AAIM 2008): the ridge per sample.
 */
final class FactorisationModel implements PairModel {
    private static final double LEAST_MILLIS = 0.01;
    private static final double START_NOISE = 0.3;

    private final double[][] sources;
    private final double[][] targets;
    private final double scaleMillis;

    private FactorisationModel(double[][] sources, double[][] targets, double scaleMillis) {
        this.sources = sources;
        this.targets = targets;
        this.scaleMillis = scaleMillis;
    }

    /**
     * Fits it.
     *
     * @param rank how many figures a row has, at least 1
     * @param ridge above 0, for round trips in units of their mean
     * @param sweeps how often all rows of both matrices are solved for
     */
    static FactorisationModel fit(SampleTable samples, int rank, double ridge, int sweeps, RandomStream random) {
        double scaleMillis = samples.meanMillis();
        double[][] sources = start(samples.nodes(), rank, random);
        double[][] targets = start(samples.nodes(), rank, random);
        SampleTable reversed = samples.reversed();
        for (int sweep = 0; sweep < sweeps; sweep++) {
            solveRows(sources, targets, samples, ridge, scaleMillis);
            solveRows(targets, sources, reversed, ridge, scaleMillis);
        }
        return new FactorisationModel(sources, targets, scaleMillis);
    }

    private static double[][] start(int nodes, int rank, RandomStream random) {
        double[][] rows = new double[nodes][rank];
        for (double[] row : rows) {
            for (int index = 0; index < rank; index++) {
                row[index] = (1 + START_NOISE * random.nextGaussian()) / Math.sqrt(rank);
            }
        }
        return rows;
    }

    private static void solveRows(
            double[][] rows, double[][] others, SampleTable samples, double ridge, double scaleMillis) {
        for (int node = 0; node < rows.length; node++) {
            if (!samples.from(node).isEmpty()) {
                solveRow(rows[node], others, samples.from(node), ridge, scaleMillis);
            }
        }
    }

    private static void solveRow(
            double[] row, double[][] others, List<PairSample> samples, double ridge, double scaleMillis) {
        int rank = row.length;
        R064Store normal = R064Store.FACTORY.make(rank, rank);
        R064Store right = R064Store.FACTORY.make(rank, 1);
        normal.fillDiagonal(ridge * samples.size());
        for (PairSample sample : samples) {
            double[] other = others[sample.to()];
            for (int line = 0; line < rank; line++) {
                right.add(line, 0, other[line] * sample.roundTripMillis() / scaleMillis);
                for (int column = 0; column < rank; column++) {
                    normal.add(line, column, other[line] * other[column]);
                }
            }
        }
        Cholesky<Double> cholesky = Cholesky.R064.make(rank, rank);
        // Never so while the ridge is above 0; a row then stays as it was.
        if (cholesky.decompose(normal) && cholesky.isSolvable()) {
            MatrixStore<Double> solution = cholesky.getSolution(right);
            for (int index = 0; index < rank; index++) {
                row[index] = solution.doubleValue(index, 0);
            }
        }
    }

    @Override
    public double roundTripMillis(int from, int to) {
        double product = 0;
        for (int index = 0; index < sources[from].length; index++) {
            product += sources[from][index] * targets[to][index];
        }
        return Math.max(LEAST_MILLIS, product * scaleMillis);
    }
}
