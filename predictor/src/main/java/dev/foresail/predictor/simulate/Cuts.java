package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import java.util.HashMap;
import java.util.Map;

/** From which nodes nothing passes to which, and until when. Not thread-safe. */
final class Cuts {
    /** Only ever looked up, so their order does not matter. */
    private final Map<Way, Cut> cuts = new HashMap<>();

    private record Way(NodeId from, NodeId to) {}

    private record Cut(long untilNanos, long noticedAfterNanos) {}

    /** Of cuts of the same way that overlap, the last end counts, and the latest time to notice. */
    void add(NodeId from, NodeId to, long untilNanos, long noticedAfterNanos) {
        cuts.merge(
                new Way(from, to),
                new Cut(untilNanos, noticedAfterNanos),
                (before, added) ->
                        new Cut(Math.max(before.untilNanos(), added.untilNanos()), added.noticedAfterNanos()));
    }

    /** Whether there never was a cut. */
    boolean isEmpty() {
        return cuts.isEmpty();
    }

    boolean isCut(NodeId from, NodeId to, long nowNanos) {
        if (cuts.isEmpty()) {
            return false;
        }
        Cut cut = cuts.get(new Way(from, to));
        return cut != null && nowNanos < cut.untilNanos();
    }

    /** When the last cut of a way ends or ended; {@link Long#MIN_VALUE} when it was never cut. */
    long healedAtNanos(NodeId from, NodeId to) {
        Cut cut = cuts.get(new Way(from, to));
        return cut == null ? Long.MIN_VALUE : cut.untilNanos();
    }

    /** How long after an attempt to connect an end notices; the way there or the way back must be cut now. */
    long noticedAfterNanos(NodeId from, NodeId to, long nowNanos) {
        Cut cut = cuts.get(isCut(from, to, nowNanos) ? new Way(from, to) : new Way(to, from));
        if (cut == null) {
            throw new IllegalStateException(from + " and " + to + " were never cut");
        }
        return cut.noticedAfterNanos();
    }
}
