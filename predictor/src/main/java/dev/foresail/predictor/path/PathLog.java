package dev.foresail.predictor.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the first so many events on paths, and counts the others. Not thread-safe. */
public final class PathLog implements Consumer<PathHop> {
    /** Some hundred megabytes. */
    public static final int MOST_KEPT = 1_000_000;

    private final int most;
    private final List<PathHop> hops = new ArrayList<>();
    private long left;

    /** @param most how many are kept, at least 0 */
    public PathLog(int most) {
        this.most = most;
    }

    @Override
    public void accept(PathHop hop) {
        if (hops.size() < most) {
            hops.add(hop);
        } else {
            left++;
        }
    }

    /** In the order in which they were over. */
    public List<PathHop> hops() {
        return List.copyOf(hops);
    }

    /** How many were not kept. */
    public long left() {
        return left;
    }
}
