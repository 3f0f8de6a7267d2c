package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.BadPath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What peers say leads to a violation and the node has not met itself: at most so many, and so many of each peer, for some
 * time. The oldest makes room. Not thread-safe.
 */
final class Hints {
    static final int MOST = 16;
    static final int MOST_OF_PEER = 4;

    private final Map<PathKey, Hint> hints = new LinkedHashMap<>();

    private record Hint(BadPath path, NodeId peer, long untilNanos) {}

    /** @return whether it was not there before */
    boolean add(BadPath path, NodeId peer, long untilNanos) {
        PathKey key = PathKey.of(path.trace());
        if (hints.containsKey(key)) {
            return false;
        }
        hints.put(key, new Hint(path, peer, untilNanos));
        long ofPeer =
                hints.values().stream().filter(each -> each.peer().equals(peer)).count();
        if (ofPeer > MOST_OF_PEER) {
            removeFirst(each -> each.peer().equals(peer));
        } else if (hints.size() > MOST) {
            removeFirst(each -> true);
        }
        return true;
    }

    private void removeFirst(Predicate<Hint> meant) {
        Iterator<Hint> all = hints.values().iterator();
        while (all.hasNext()) {
            if (meant.test(all.next())) {
                all.remove();
                return;
            }
        }
    }

    /** The oldest first. */
    List<BadPath> all(long nowNanos) {
        hints.values().removeIf(each -> each.untilNanos() - nowNanos <= 0);
        List<BadPath> all = new ArrayList<>();
        hints.values().forEach(each -> all.add(each.path()));
        return all;
    }

    /** @return who has told of it; empty when it is not there any more */
    Optional<NodeId> remove(BadPath path) {
        return Optional.ofNullable(hints.remove(PathKey.of(path.trace()))).map(Hint::peer);
    }
}
