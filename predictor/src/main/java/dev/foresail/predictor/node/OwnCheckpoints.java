package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checkpoints that a node has taken of itself and still keeps: the latest ones, and for each peer that asks the one that
 * it will ask for next, which nobody else can push out. Not thread-safe.
 */
final class OwnCheckpoints<S> {
    /** For how many peers, the last ones that have asked, a checkpoint beyond the quota is kept. */
    private static final int MOST_ASKING = 64;

    private final int quota;
    private final Deque<Kept<S>> kept = new ArrayDeque<>();
    /** What each peer has asked for last. */
    private final Map<NodeId, Long> asked = new TreeMap<>();

    OwnCheckpoints(int quota) {
        this.quota = quota;
    }

    /**
     * @param after the number of the checkpoint that was taken before it: it is the earliest one for what is greater
     */
    private record Kept<S>(Checkpoint<S> checkpoint, long after) {
        boolean isEarliestFor(long wanted) {
            return after < wanted && wanted <= checkpoint.number();
        }
    }

    /** The greatest number of a checkpoint that was taken; -1 before the first. */
    long last() {
        return kept.isEmpty() ? -1 : kept.getLast().checkpoint().number();
    }

    Optional<Checkpoint<S>> latest() {
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast().checkpoint());
    }

    /** The earliest checkpoint that was taken with at least the number; empty when it is not kept any more. */
    Optional<Checkpoint<S>> earliest(long wanted) {
        return kept.stream()
                .filter(one -> one.isEarliestFor(wanted))
                .findFirst()
                .map(Kept::checkpoint);
    }

    void add(Checkpoint<S> checkpoint) {
        kept.addLast(new Kept<>(checkpoint, last()));
        prune();
    }

    /** The peer has asked for a number; next time it will ask for a greater one. */
    void asked(NodeId peer, long wanted) {
        if (asked.size() < MOST_ASKING || asked.containsKey(peer)) {
            asked.merge(peer, wanted, Math::max);
        }
    }

    void forget(NodeId peer) {
        asked.remove(peer);
    }

    private void prune() {
        int tooMany = kept.size() - quota;
        if (tooMany <= 0) {
            return;
        }
        Set<Long> needed = new HashSet<>();
        for (long wanted : asked.values()) {
            earliest(wanted + 1).ifPresent(checkpoint -> needed.add(checkpoint.number()));
        }
        for (Iterator<Kept<S>> oldestFirst = kept.iterator(); tooMany > 0; tooMany--) {
            if (!needed.contains(oldestFirst.next().checkpoint().number())) {
                oldestFirst.remove();
            }
        }
    }
}
