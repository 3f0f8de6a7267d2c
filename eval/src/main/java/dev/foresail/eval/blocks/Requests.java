package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.blocks.Share.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a peer has asked for, and how fast those that it asks have been. Immutable.
 *
 * @param open what is not here yet, and from whom, oldest first
 * @param paces of those that were asked
 */
record Requests(List<Transfer> open, SortedMap<NodeId, Pace> paces) {
    static final Requests NONE = new Requests(List.of(), Collections.emptySortedMap());

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LATEST_WEIGHT = 0.5;

    Requests {
        open = Collections.unmodifiableList(open);
        paces = Collections.unmodifiableSortedMap(paces);
    }

    /**
     * How fast a peer sends.
     *
     * @param secondsPerBlock of which the latest block counts for half; 0 before the first
     * @param sinceNanos when it began with what is asked of it
     */
    record Pace(double secondsPerBlock, long sinceNanos) {
        Pace took(long nowNanos) {
            double latest = (nowNanos - sinceNanos) / NANOS_PER_SECOND;
            double next = secondsPerBlock == 0 ? latest : secondsPerBlock + LATEST_WEIGHT * (latest - secondsPerBlock);
            return new Pace(next, nowNanos);
        }
    }

    Requests with(Transfer asked, long nowNanos) {
        List<Transfer> now = new ArrayList<>(open);
        now.add(asked);
        SortedMap<NodeId, Pace> next = new TreeMap<>(paces);
        if (openAt(asked.peer()) == 0) {
            double known =
                    next.containsKey(asked.peer()) ? next.get(asked.peer()).secondsPerBlock() : 0;
            next.put(asked.peer(), new Pace(known, nowNanos));
        }
        return new Requests(now, next);
    }

    /** A block has come. */
    Requests without(Transfer come, long nowNanos) {
        List<Transfer> left = new ArrayList<>(open);
        left.remove(come);
        SortedMap<NodeId, Pace> next = new TreeMap<>(paces);
        next.computeIfPresent(come.peer(), (peer, pace) -> pace.took(nowNanos));
        return new Requests(left, next);
    }

    /** How much one peer was asked for. */
    int openAt(NodeId peer) {
        int count = 0;
        for (Transfer each : open) {
            count += each.peer().equals(peer) ? 1 : 0;
        }
        return count;
    }

    /** What was asked for. */
    Bitmap blocks() {
        Bitmap blocks = Bitmap.NONE;
        for (Transfer each : open) {
            blocks = blocks.with(each.block());
        }
        return blocks;
    }

    /**
     * How long a peer takes for a block, in seconds: of one that has sent nothing yet, what the others take in the mean.
     *
     * @param otherwise when nobody has sent anything yet
     */
    double secondsPerBlock(NodeId peer, double otherwise) {
        Pace pace = paces.get(peer);
        if (pace != null && pace.secondsPerBlock() > 0) {
            return pace.secondsPerBlock();
        }
        return paces.values().stream()
                .mapToDouble(Pace::secondsPerBlock)
                .filter(seconds -> seconds > 0)
                .average()
                .orElse(otherwise);
    }
}
