package dev.foresail.predictor.subset;

import dev.foresail.network.random.RandomStream;
import java.util.List;

/** A random problem that can also be solved by looking at every choice. */
final class SmallProblem {
    private final int size;
    private final int choose;
    private final double[] values;
    private final double[][] weights;
    private final double[] most;
    private final int[] groupOf;
    private final int mostPerGroup;

    SmallProblem(RandomStream random) {
        this(random, random.nextInt(1, 17), -1, random.nextInt(0, 4));
    }

    /** @param choose how many, negative: any number */
    SmallProblem(RandomStream random, int size, int choose, int limits) {
        this.size = size;
        this.choose = choose < 0 ? random.nextInt(0, size + 1) : choose;
        values = draw(random, -20, 100);
        weights = new double[limits][];
        most = new double[limits];
        for (int j = 0; j < limits; j++) {
            weights[j] = draw(random, j % 2 == 0 ? 0 : -5, 10);
            double mean = 0;
            for (double weight : weights[j]) {
                mean += weight / size;
            }
            most[j] = Math.rint(mean * this.choose * (choose < 0 ? random.nextDouble(0.5, 1.4) : 0.7));
        }
        groupOf = new int[size];
        for (int i = 0; i < size; i++) {
            groupOf[i] = random.nextInt(Math.max(2, size / 8));
        }
        mostPerGroup = choose < 0 ? random.nextInt(1, 6) : 4;
    }

    private double[] draw(RandomStream random, int least, int most) {
        double[] drawn = new double[size];
        for (int i = 0; i < size; i++) {
            drawn[i] = random.nextInt(least, most + 1);
        }
        return drawn;
    }

    SubsetProblem problem() {
        SubsetProblem problem = SubsetProblem.choose(choose, values).atMostPerGroup("group", mostPerGroup, groupOf);
        for (int j = 0; j < most.length; j++) {
            problem = problem.atMost("limit " + j, most[j], weights[j]);
        }
        return problem;
    }

    boolean isMet(List<Integer> chosen) {
        int[] counts = new int[size + 2];
        double[] sums = new double[most.length];
        for (int i : chosen) {
            counts[groupOf[i]]++;
            for (int j = 0; j < sums.length; j++) {
                sums[j] += weights[j][i];
            }
            if (counts[groupOf[i]] > mostPerGroup) {
                return false;
            }
        }
        for (int j = 0; j < sums.length; j++) {
            if (sums[j] > most[j] + 1e-9) {
                return false;
            }
        }
        return chosen.size() == choose;
    }

    /** The best sum of values; negative infinity when nothing meets all constraints. */
    double bruteForce() {
        double best = Double.NEGATIVE_INFINITY;
        for (int mask = 0; mask < 1 << size; mask++) {
            if (Integer.bitCount(mask) == choose) {
                best = Math.max(best, valueOf(mask));
            }
        }
        return best;
    }

    private double valueOf(int mask) {
        int[] members = java.util.stream.IntStream.range(0, size)
                .filter(i -> (mask >> i & 1) == 1)
                .toArray();
        List<Integer> chosen = java.util.Arrays.stream(members).boxed().toList();
        double sum = 0;
        for (int i : members) {
            sum += values[i];
        }
        return isMet(chosen) ? sum : Double.NEGATIVE_INFINITY;
    }
}
