package dev.foresail.network.coordinate;

/** Where a node was lately, by its own account. Not thread-safe; allocates nothing after it was made. */
final class OwnPath {
    /** Enough to know how far the node has come since any peer was heard that counts much. */
    private static final int LENGTH = 32;

    private final double[] places = new double[LENGTH * PositionSolver.UNKNOWNS];
    private final long[] sinceNanos = new long[LENGTH];
    private int count;
    private int next;

    /** The node is at {@code place} from now on. */
    void move(double[] place, long nowNanos) {
        System.arraycopy(place, 0, places, next * PositionSolver.UNKNOWNS, PositionSolver.UNKNOWNS);
        sinceNanos[next] = nowNanos;
        next = (next + 1) % LENGTH;
        count = Math.min(count + 1, LENGTH);
    }

    /** Writes where the node was at a time; the oldest place that is known, for times before. Needs a {@link #move} first. */
    void placeAt(long timeNanos, double[] target, int at) {
        int found = 0;
        for (int back = 1; back <= count; back++) {
            found = Math.floorMod(next - back, LENGTH);
            if (sinceNanos[found] - timeNanos <= 0) {
                break;
            }
        }
        System.arraycopy(places, found * PositionSolver.UNKNOWNS, target, at, PositionSolver.UNKNOWNS);
    }
}
