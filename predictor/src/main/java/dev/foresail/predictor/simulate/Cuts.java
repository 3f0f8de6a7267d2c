package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import java.util.HashMap;
import java.util.Map;

/** Between which nodes nothing passes, and until when. Not thread-safe. */
final class Cuts {
    /** Only ever looked up, so their order does not matter. */
    private final Map<Pair, Cut> cuts = new HashMap<>();

    private record Pair(NodeId one, NodeId other) {
        static Pair of(NodeId one, NodeId other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private record Cut(long untilNanos, long noticedAfterNanos) {}

    /** Of cuts that overlap, the last end counts, and the latest time to notice. */
    void add(NodeId one, NodeId other, long untilNanos, long noticedAfterNanos) {
        cuts.merge(
                Pair.of(one, other),
                new Cut(untilNanos, noticedAfterNanos),
                (before, added) ->
                        new Cut(Math.max(before.untilNanos(), added.untilNanos()), added.noticedAfterNanos()));
    }

    boolean isCut(NodeId one, NodeId other, long nowNanos) {
        if (cuts.isEmpty()) {
            return false;
        }
        Cut cut = cuts.get(Pair.of(one, other));
        return cut != null && nowNanos < cut.untilNanos();
    }

    /** When the last cut between two nodes ends or ended; {@link Long#MIN_VALUE} when they were never cut. */
    long healedAtNanos(NodeId one, NodeId other) {
        Cut cut = cuts.get(Pair.of(one, other));
        return cut == null ? Long.MIN_VALUE : cut.untilNanos();
    }

    /** How long after the cut, or an attempt to connect, an end notices; the two must have been cut. */
    long noticedAfterNanos(NodeId one, NodeId other) {
        Cut cut = cuts.get(Pair.of(one, other));
        if (cut == null) {
            throw new IllegalStateException(one + " and " + other + " were never cut");
        }
        return cut.noticedAfterNanos();
    }
}
