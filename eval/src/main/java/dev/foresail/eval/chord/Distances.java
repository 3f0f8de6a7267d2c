package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node has measured of those that it knows, and what it takes others to be like from that. Immutable, so that clones share it.
 *
 * @param nodes how many the system is taken to have, at least 1
 * @param meanMillis how far one that is known is, in the mean
 * @param hopMillis how long a hop anywhere is taken to be: that mean, evened out with what those say that are known
 * @param measured of those that are known
 */
public record Distances(double nodes, double meanMillis, double hopMillis, SortedMap<NodeId, Measured> measured) {
    /** Of a node that has measured nobody. */
    static final Distances NONE = new Distances(1, 50, 50, Collections.emptySortedMap());

    /** A {@link Measured#hopMillis} of who has measured nobody. */
    static final double NOT_SAID = 0;

    /** Those that come next say how dense nodes are: of fewer, chance would; of more, fingers. */
    private static final int NEXT = 8;

    /** The share of a new measurement, as of round trips in TCP. */
    private static final double SHARE = 0.125;

    public Distances {
        measured = Collections.unmodifiableSortedMap(new TreeMap<>(measured));
    }

    /**
     * What was measured of a node.
     *
     * @param millis half a round trip, smoothed
     * @param nodes how many it takes the system to have
     * @param hopMillis how long it takes a hop anywhere to be; {@link #NOT_SAID} when it does not know
     */
    public record Measured(double millis, double nodes, double hopMillis) {
        Measured with(Measured later) {
            return new Measured((1 - SHARE) * millis + SHARE * later.millis, later.nodes, later.hopMillis);
        }
    }

    private static Distances of(double nodes, SortedMap<NodeId, Measured> measured) {
        double mean = measured.values().stream()
                .mapToDouble(Measured::millis)
                .average()
                .orElse(NONE.meanMillis);
        double sum = mean;
        int said = 1;
        for (Measured other : measured.values()) {
            if (other.hopMillis() != NOT_SAID) {
                sum += other.hopMillis();
                said++;
            }
        }
        return new Distances(nodes, mean, sum / said, measured);
    }

    /** With another measurement. */
    Distances with(NodeId node, Measured later) {
        SortedMap<NodeId, Measured> all = new TreeMap<>(measured);
        all.merge(node, later, Measured::with);
        return of(nodes, all);
    }

    /**
     * Of those that are still known. How many nodes there are is told anew, from how close those are that come next, and evened out with what those say that are known.
     *
     * @param place of the node whose distances they are
     * @param places of those that it knows
     */
    Distances among(Set<NodeId> known, long place, List<Long> places) {
        SortedMap<NodeId, Measured> kept = new TreeMap<>(measured);
        kept.keySet().retainAll(known);
        List<Long> next = places.stream().sorted(Ring.after(place)).limit(NEXT).toList();
        double sum = next.isEmpty() ? 1 : 1 + next.size() / share(place, next.get(next.size() - 1));
        for (Measured other : kept.values()) {
            sum += other.nodes();
        }
        return of(sum / (1 + kept.size()), kept);
    }

    /** What it says to others of {@link #hopMillis}. */
    double saidHopMillis() {
        return measured.isEmpty() ? NOT_SAID : hopMillis;
    }

    /** Of the circle that lies between, in (0, 1]. */
    private static double share(long from, long to) {
        return from == to ? 1 : ((to - from >>> 1) + 1) / 0x1p63;
    }

    /** To a node that is known; the mean of one that was not measured. */
    double millis(NodeId known) {
        Measured figures = measured.get(known);
        return figures == null ? meanMillis : figures.millis();
    }

    /**
     * The hops from a place to the root of a key as CFS estimates them: a finger for each one among the leading bits of what lies between, of which there are as many as the binary logarithm of the nodes has whole ones.
     */
    int onesLeft(long place, long key) {
        int bits = StrictMath.max(1, (int) (StrictMath.log(nodes) / StrictMath.log(2)));
        return Long.bitCount(key - place >>> Long.SIZE - bits);
    }

    /**
     * The hops from the place of a node that is not the root of a key to it. The last one goes to the root; if a node is between, another one goes to the node before the root, from one that has it among those that come next; and where
     * even more are between, half a hop halves them, as in the analysis of Chord.
     */
    double hopsLeft(long place, long key) {
        double between = share(place, key) * nodes;
        double halvings = StrictMath.log(StrictMath.max(1, between / NEXT)) / StrictMath.log(2);
        return 1 + (1 - StrictMath.exp(-between)) * (1 + halvings / 2);
    }
}
