package dev.foresail.predictor.service;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each objective says of each candidate, for one choice. Not thread-safe. */
final class CandidateCosts {
    /** By objective, then by candidate. */
    private final double[][] costs;

    private CandidateCosts(double[][] costs) {
        this.costs = costs;
    }

    static CandidateCosts of(List<ServiceObjective> objectives, Forecast[] forecasts) {
        double[][] costs = new double[objectives.size()][forecasts.length];
        for (int objective = 0; objective < costs.length; objective++) {
            for (int candidate = 0; candidate < forecasts.length; candidate++) {
                costs[objective][candidate] = cost(objectives.get(objective), forecasts[candidate]);
            }
        }
        return new CandidateCosts(costs);
    }

    /** An objective that throws cannot tell: a service goes on when nobody can say what is best. */
    private static double cost(ServiceObjective objective, Forecast forecast) {
        try {
            return objective.cost(forecast);
        } catch (RuntimeException thrown) {
            return Double.NaN;
        }
    }

    /** Whether no objective can tell anything of anybody. */
    boolean areUnknown() {
        return Arrays.stream(costs).flatMapToDouble(Arrays::stream).allMatch(Double::isNaN);
    }

    /**
     * The best candidate by the objectives in their order, one of several by chance. An objective passes over candidates of which it
     * cannot tell, unless it can tell of none.
     */
    int best(RandomStream random) {
        List<Integer> left = new ArrayList<>();
        for (int candidate = 0; candidate < costs[0].length; candidate++) {
            left.add(candidate);
        }
        for (double[] ofObjective : costs) {
            double least = left.stream()
                    .mapToDouble(candidate -> ofObjective[candidate])
                    .filter(cost -> !Double.isNaN(cost))
                    .min()
                    .orElse(Double.NaN);
            if (!Double.isNaN(least)) {
                left.removeIf(candidate -> ofObjective[candidate] != least);
            }
        }
        return left.get(left.size() == 1 ? 0 : random.nextInt(left.size()));
    }

    /** By how much one is worse than another, by the first objective that tells them apart; 0 when none does. */
    double difference(int worse, int better) {
        for (double[] ofObjective : costs) {
            double difference = ofObjective[worse] - ofObjective[better];
            if (difference > 0 || difference < 0) {
                return difference;
            }
        }
        return 0;
    }

    /** By objective, then by candidate. */
    List<List<Double>> asLists() {
        return Arrays.stream(costs)
                .map(ofObjective -> Arrays.stream(ofObjective).boxed().toList())
                .toList();
    }
}
