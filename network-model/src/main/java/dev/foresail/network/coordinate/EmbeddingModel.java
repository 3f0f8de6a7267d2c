package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * All nodes' coordinates at once, by one who has all samples and plays the nodes: in each round every node in turn takes one of its
 * samples, drawn at random, and improves its coordinate as it would by itself. That fits better than to solve for one node after
 * the other with all of its samples from the start, where nodes that know nothing of each other yet hold each other fast.
 * Immutable.
 */
final class EmbeddingModel implements PairModel {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Coordinate> coordinates;

    private EmbeddingModel(List<Coordinate> coordinates) {
        this.coordinates = coordinates;
    }

    /** @param rounds how often every node takes a sample, at least 0 */
    static EmbeddingModel fit(SampleTable samples, int rounds, RandomStream random) {
        List<CoordinateEstimator<Integer>> estimators = new ArrayList<>();
        for (int node = 0; node < samples.nodes(); node++) {
            int most = Math.max(1, samples.from(node).size());
            estimators.add(new CoordinateEstimator<>(most, random.fork("node " + node)));
        }
        for (int round = 1; round <= rounds; round++) {
            for (int node = 0; node < samples.nodes(); node++) {
                exchange(estimators, node, samples.from(node), random, round);
            }
        }
        return new EmbeddingModel(
                estimators.stream().map(CoordinateEstimator::coordinate).toList());
    }

    /** Both ends learn of the sample, and improve. */
    private static void exchange(
            List<CoordinateEstimator<Integer>> estimators,
            int node,
            List<PairSample> samples,
            RandomStream random,
            long nowNanos) {
        if (samples.isEmpty()) {
            return;
        }
        PairSample sample = samples.get(random.nextInt(samples.size()));
        CoordinateEstimator<Integer> own = estimators.get(node);
        CoordinateEstimator<Integer> other = estimators.get(sample.to());
        long roundTripNanos = (long) (sample.roundTripMillis() * NANOS_PER_MILLI);
        other.observe(node, own.coordinate(), roundTripNanos, nowNanos);
        other.improve();
        own.observe(sample.to(), other.coordinate(), roundTripNanos, nowNanos);
        own.improve();
    }

    @Override
    public double roundTripMillis(int from, int to) {
        return coordinates.get(from).roundTripMillis(coordinates.get(to));
    }
}
