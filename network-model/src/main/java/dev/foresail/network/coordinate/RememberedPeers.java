package dev.foresail.network.coordinate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The round trips to some peers, and where these said they were: at most as many as stated, of which whoever was not heard for
 * longest gives way. A peer takes some 200 bytes. Not thread-safe.
 *
 * @param <P> names a peer
 */
final class RememberedPeers<P> {
    /** The median of so many round trips counts, as in Serf. */
    private static final int LATEST = 3;

    private static final int UNKNOWNS = PositionSolver.UNKNOWNS;

    private final int most;
    private final Map<P, Integer> slots = new LinkedHashMap<>();
    private final double[] places;
    private final double[] ownThen;
    private final float[] roundTripMillis;
    private final float[] claimedError;
    private final int[] samples;
    private final long[] saidAtNanos;
    private int free;

    RememberedPeers(int most) {
        this.most = most;
        places = new double[most * UNKNOWNS];
        ownThen = new double[most * UNKNOWNS];
        roundTripMillis = new float[most * LATEST];
        claimedError = new float[most];
        samples = new int[most];
        saidAtNanos = new long[most];
    }

    int size() {
        return slots.size();
    }

    /** The slot of a peer, from 0; -1 when it is not remembered. */
    int find(P peer) {
        Integer slot = slots.get(peer);
        return slot == null ? -1 : slot;
    }

    /** The slot of a peer, which may be a new one. */
    int slotOf(P peer) {
        int known = find(peer);
        if (known >= 0) {
            return known;
        }
        int slot = slots.size() < most ? free++ : release(oldest());
        slots.put(peer, slot);
        samples[slot] = 0;
        return slot;
    }

    /** Keeps slots without gaps: the last one's content moves to where the forgotten peer's was. */
    void forget(P peer) {
        int gap = find(peer);
        if (gap < 0) {
            return;
        }
        slots.remove(peer);
        int last = --free;
        if (gap != last) {
            copy(last, gap);
            slots.entrySet().stream()
                    .filter(entry -> entry.getValue() == last)
                    .findFirst()
                    .ifPresent(entry -> entry.setValue(gap));
        }
    }

    private void copy(int from, int to) {
        System.arraycopy(places, from * UNKNOWNS, places, to * UNKNOWNS, UNKNOWNS);
        System.arraycopy(ownThen, from * UNKNOWNS, ownThen, to * UNKNOWNS, UNKNOWNS);
        System.arraycopy(roundTripMillis, from * LATEST, roundTripMillis, to * LATEST, LATEST);
        claimedError[to] = claimedError[from];
        samples[to] = samples[from];
        saidAtNanos[to] = saidAtNanos[from];
    }

    private P oldest() {
        return slots.entrySet().stream()
                .min(Comparator.comparingLong(entry -> saidAtNanos[entry.getValue()]))
                .orElseThrow()
                .getKey();
    }

    private int release(P peer) {
        int slot = find(peer);
        slots.remove(peer);
        return slot;
    }

    void sample(int slot, double millis) {
        roundTripMillis[slot * LATEST + samples[slot] % LATEST] = (float) millis;
        // Only the order within the ring and whether it is full matter, so the count may stay small.
        samples[slot] = samples[slot] + 1 < 2 * LATEST ? samples[slot] + 1 : LATEST;
    }

    void said(int slot, Coordinate coordinate, long atNanos, double[] own) {
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            places[slot * UNKNOWNS + dimension] = coordinate.position(dimension);
        }
        places[slot * UNKNOWNS + PositionSolver.HEIGHT] = coordinate.heightMillis();
        claimedError[slot] = coordinate.error();
        saidAtNanos[slot] = atNanos;
        System.arraycopy(own, 0, ownThen, slot * UNKNOWNS, UNKNOWNS);
    }

    double[] places() {
        return places;
    }

    float claimedError(int slot) {
        return claimedError[slot];
    }

    /** How far the node has come, as the height counts too, since the peer said where it is. */
    double ownWay(int slot, double[] own) {
        double squares = 0;
        for (int index = 0; index < UNKNOWNS; index++) {
            double apart = own[index] - ownThen[slot * UNKNOWNS + index];
            squares += apart * apart;
        }
        return Math.sqrt(squares);
    }

    /** The median of the latest round trips in milliseconds; of two, the smaller one. */
    double roundTripMillis(int slot) {
        int at = slot * LATEST;
        float first = roundTripMillis[at];
        if (samples[slot] == 1) {
            return first;
        }
        float second = roundTripMillis[at + 1];
        if (samples[slot] == 2) {
            return Math.min(first, second);
        }
        float third = roundTripMillis[at + 2];
        return Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
    }

    double medianRoundTripMillis(double[] scratch) {
        for (int slot = 0; slot < size(); slot++) {
            scratch[slot] = roundTripMillis(slot);
        }
        return median(scratch, size());
    }

    double medianClaimedError(double[] scratch) {
        for (int slot = 0; slot < size(); slot++) {
            scratch[slot] = claimedError[slot];
        }
        return median(scratch, size());
    }

    /** The upper median of the first values, which are sorted. */
    static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return values[count / 2];
    }
}
