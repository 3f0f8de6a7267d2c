package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Some nodes that ask 16 fixed peers each, one in a round; what is taken are errors of pairs that neither asked. */
final class SmallWorld {
    private static final int PEERS = 16;

    private final PairModel truth;
    private final int[][] peers;
    final RandomStream random;

    SmallWorld(int nodes, PairModel truth, long seed) {
        this.truth = truth;
        random = RandomStream.of(seed, "world");
        peers = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            int self = node;
            peers[node] = random.ints(0, nodes)
                    .filter(peer -> peer != self)
                    .distinct()
                    .limit(PEERS)
                    .toArray();
        }
    }

    /** Points in three dimensions within some 200 ms, with heights up to 20 ms. */
    static PairModel euclidean(int nodes, long seed) {
        RandomStream random = RandomStream.of(seed, "points");
        double[][] points = new double[nodes][];
        for (int node = 0; node < nodes; node++) {
            points[node] = new double[] {
                random.nextDouble() * 200,
                random.nextDouble() * 150,
                random.nextDouble() * 100,
                random.nextDouble() * 20
            };
        }
        return (from, to) -> {
            double[] here = points[from];
            double[] there = points[to];
            double squares = 0;
            for (int dimension = 0; dimension < 3; dimension++) {
                squares += (here[dimension] - there[dimension]) * (here[dimension] - there[dimension]);
            }
            return Math.sqrt(squares) + here[3] + there[3];
        };
    }

    int nodes() {
        return peers.length;
    }

    /** The peer that a node asks this time. */
    int peerOf(int node) {
        return peers[node][random.nextInt(PEERS)];
    }

    long nanos(int from, int to) {
        return (long) (truth.roundTripMillis(from, to) * 1e6);
    }

    /** Plays rounds, in which nodes for which {@code lies} holds tell a random place and round trip. */
    List<CoordinateEstimator<Integer>> play(int rounds, IntPredicate lies) {
        List<CoordinateEstimator<Integer>> estimators = new ArrayList<>();
        for (int node = 0; node < nodes(); node++) {
            estimators.add(new CoordinateEstimator<>(CoordinateEstimator.USUAL_PEERS, RandomStream.of(node, "start")));
        }
        for (int round = 1; round <= rounds; round++) {
            for (int node = 0; node < nodes(); node++) {
                int peer = peerOf(node);
                tell(estimators, peer, node, lies.test(peer), round);
                tell(estimators, node, peer, lies.test(node), round);
            }
        }
        return estimators;
    }

    private void tell(
            List<CoordinateEstimator<Integer>> estimators, int teller, int receiver, boolean lies, long nowNanos) {
        Coordinate claim = lies ? anywhere() : estimators.get(teller).coordinate();
        long nanos = lies ? random.nextLong(2_000_000_000L) : nanos(receiver, teller);
        estimators.get(receiver).observe(teller, claim, nanos, nowNanos);
        estimators.get(receiver).improve();
    }

    /** A random place that whoever says so is sure of. */
    Coordinate anywhere() {
        float[] position = new float[Coordinate.DIMENSIONS];
        for (int dimension = 0; dimension < position.length; dimension++) {
            position[dimension] = (float) (random.nextGaussian() * 300);
        }
        return Coordinate.of(position, 0, 0);
    }

    /** The median relative error of pairs of counted nodes that did not ask each other. */
    double medianError(IntFunction<Coordinate> coordinates, IntPredicate counts) {
        return medianError((from, to) -> coordinates.apply(from).roundTripMillis(coordinates.apply(to)), counts);
    }

    double medianError(PairModel told, IntPredicate counts) {
        List<Double> errors = new ArrayList<>();
        for (int from = 0; from < nodes(); from++) {
            for (int to = 0; to < from; to++) {
                if (counts.test(from) && counts.test(to) && !asked(from, to) && !asked(to, from)) {
                    errors.add(Math.abs(told.roundTripMillis(from, to) / truth.roundTripMillis(from, to) - 1));
                }
            }
        }
        errors.sort(null);
        return errors.get(errors.size() / 2);
    }

    boolean asked(int asker, int peer) {
        return Arrays.stream(peers[asker]).anyMatch(other -> other == peer);
    }

    /** What all nodes would measure of their peers. */
    List<PairSample> samples() {
        List<PairSample> samples = new ArrayList<>();
        for (int node = 0; node < nodes(); node++) {
            for (int peer : peers[node]) {
                samples.add(new PairSample(node, peer, truth.roundTripMillis(node, peer)));
            }
        }
        return samples;
    }
}
