package dev.foresail.eval.coordinates;

import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.coordinate.CoordinateEstimator;
import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of a network that find their coordinates. Every node has fixed peers, drawn at random; in a round every node in turn asks
 * one of them, drawn anew, and improves its coordinate. One thread.
 */
final class CoordinateRun {
    /** As in the comparison with others' coordinates. */
    static final int PEERS = 32;

    private static final long ROUND_NANOS = 1_000_000_000L;

    private final RoundTrips network;
    private final Company company;
    private final int[][] peers;
    private final RandomStream random;
    private final RandomStream lying;
    private final List<CoordinateEstimator<Integer>> estimators = new ArrayList<>();
    private final Map<Integer, Lie> liars = new HashMap<>();
    /** Unordered pairs of which at least one has asked the other. */
    private final BitSet measured;

    private long nowNanos;

    CoordinateRun(RoundTrips network, Company company, long seed) {
        this.network = network;
        this.company = company;
        random = RandomStream.of(seed, "who asks whom");
        lying = RandomStream.of(seed, "lies");
        int nodes = network.nodes();
        measured = new BitSet(nodes * nodes);
        peers = new int[nodes][];
        RandomStream choosing = RandomStream.of(seed, "peers");
        for (int node = 0; node < nodes; node++) {
            peers[node] = distinct(choosing, node, nodes);
            estimators.add(new CoordinateEstimator<>(
                    CoordinateEstimator.USUAL_PEERS, RandomStream.of(seed, "coordinate", node)));
        }
        chooseLiars(RandomStream.of(seed, "liars"));
    }

    private static int[] distinct(RandomStream random, int self, int nodes) {
        return random.ints(0, nodes)
                .filter(peer -> peer != self)
                .distinct()
                .limit(Math.min(PEERS, nodes - 1))
                .toArray();
    }

    /** Exactly the stated share, so that runs are alike. */
    private void chooseLiars(RandomStream drawing) {
        int count = (int) Math.round(company.liarShare() * peers.length);
        int[] chosen = drawing.ints(0, peers.length).distinct().limit(count).toArray();
        for (int index = 0; index < count; index++) {
            liars.put(chosen[index], company.lies().get(index % company.lies().size()));
        }
    }

    /** Plays rounds, and takes the errors after some of them. */
    SortedMap<Integer, PairErrors> play(List<Integer> moments) {
        SortedMap<Integer, PairErrors> errors = new TreeMap<>();
        int last = moments.get(moments.size() - 1);
        for (int round = 1; round <= last; round++) {
            nowNanos = round * ROUND_NANOS;
            for (int node = 0; node < peers.length; node++) {
                exchange(node, peers[node][random.nextInt(peers[node].length)]);
                estimators.get(node).improve();
            }
            if (moments.contains(round)) {
                errors.put(round, errors());
            }
        }
        return errors;
    }

    private void exchange(int asker, int asked) {
        measured.set(pair(asker, asked));
        long roundTripNanos = network.nanos(asker, asked);
        if (company.bothEnds()) {
            tell(asker, asked, roundTripNanos);
            estimators.get(asked).improve();
        }
        tell(asked, asker, roundTripNanos);
    }

    /** What one end says of itself, and the round trip that the other end then has. */
    private void tell(int teller, int receiver, long roundTripNanos) {
        CoordinateEstimator<Integer> to = estimators.get(receiver);
        Coordinate place = estimators.get(teller).coordinate();
        Optional<Lie> lie = Optional.ofNullable(liars.get(teller));
        Coordinate claim = lie.map(told -> told.claim(place, lying)).orElse(place);
        long claimedNanos =
                lie.map(told -> told.roundTripNanos(roundTripNanos, lying)).orElse(roundTripNanos);
        to.observe(teller, claim, claimedNanos, nowNanos);
    }

    private boolean isLiar(int node) {
        return liars.containsKey(node);
    }

    private int pair(int left, int right) {
        return Math.min(left, right) * peers.length + Math.max(left, right);
    }

    /** Over ordered pairs of honest nodes of which neither has asked the other. */
    private PairErrors errors() {
        int nodes = peers.length;
        double[] errors = new double[nodes * (nodes - 1)];
        int count = 0;
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                if (from != to && !isLiar(from) && !isLiar(to) && !measured.get(pair(from, to))) {
                    double truth = network.millis(from, to);
                    double told = coordinate(from).roundTripMillis(coordinate(to));
                    errors[count++] = Math.abs(told - truth) / truth;
                }
            }
        }
        return PairErrors.of(Arrays.copyOf(errors, count));
    }

    private Coordinate coordinate(int node) {
        return estimators.get(node).coordinate();
    }
}
