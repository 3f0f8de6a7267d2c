package dev.foresail.eval.coordinates;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Round trips of all pairs at several times. Immutable. */
final class SliceSet {
    private final String name;
    private final int nodes;
    private final double[][] slices;
    private final boolean symmetric;

    /**
     * Takes the round trips.
     *
     * @param name for reports
     * @param slices by time and pair, in microseconds, kept and not copied; NaN is missing
     * @param symmetric whether pairs are the strict upper triangle of a matrix, row by row, else all but the diagonal
     */
    SliceSet(String name, int nodes, double[][] slices, boolean symmetric) {
        this.name = name;
        this.nodes = nodes;
        this.slices = slices;
        this.symmetric = symmetric;
    }

    static SliceSet planetLab(StudyData data) throws IOException {
        List<double[]> slices = new ArrayList<>();
        for (String part : List.of("01-06", "07-12", "13-18")) {
            slices.addAll(List.of(CsvRows.numbers(data.file("planetlab490-rtt-slices" + part + ".csv.gz"))));
        }
        return new SliceSet("PlanetLab 490", 490, slices.toArray(double[][]::new), true);
    }

    static SliceSet seattle(StudyData data) throws IOException {
        return new SliceSet("Seattle 99", 99, CsvRows.numbers(data.file("seattle99-rtt-172slices.csv.gz")), false);
    }

    String name() {
        return name;
    }

    int nodes() {
        return nodes;
    }

    /** By time and other node: the round trips that one node can measure, in microseconds. */
    double[][] ofNode(int node) {
        double[][] links = new double[slices.length][nodes - 1];
        for (int time = 0; time < slices.length; time++) {
            for (int index = 0; index < nodes - 1; index++) {
                int other = index < node ? index : index + 1;
                links[time][index] = slices[time][place(node, other)];
            }
        }
        return links;
    }

    private int place(int node, int other) {
        if (!symmetric) {
            return node * (nodes - 1) + (other < node ? other : other - 1);
        }
        int row = Math.min(node, other);
        int column = Math.max(node, other);
        return row * nodes - row * (row + 1) / 2 + column - row - 1;
    }
}
