package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.BadPath;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.trace.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The bad paths that a node knows: of those that it has found itself, and of those that it has met after a peer told of
 * them, at most so many each, the ones that were met last. So no advice takes the place of what the node has found. Outlives
 * changes of the mode, and the node itself where somebody keeps it. Not thread-safe.
 */
public final class Experience {
    static final int MOST_FOUND = 32;
    static final int MOST_CONFIRMED = 8;

    private final Map<PathKey, BadPath> found = new LinkedHashMap<>();
    private final Map<PathKey, BadPath> confirmed = new LinkedHashMap<>();
    private final Consumer<List<Trace>> keeper;

    /**
     * @param before what was known before, the oldest first
     * @param keeper is given all there is whenever something is new
     */
    public Experience(Collection<Trace> before, Consumer<List<Trace>> keeper) {
        this.keeper = keeper;
        before.forEach(trace -> put(found, MOST_FOUND, BadPath.met(trace)));
    }

    /** Nothing is known, and nobody keeps it. */
    public static Experience none() {
        return new Experience(List.of(), traces -> {});
    }

    /** Those that peers have told of first, as they would be the first to be forgotten; of each kind the oldest first. */
    List<BadPath> known() {
        List<BadPath> all = new ArrayList<>(confirmed.values());
        all.addAll(found.values());
        return all;
    }

    boolean knows(PathKey path) {
        return found.containsKey(path) || confirmed.containsKey(path);
    }

    /** @return whether it was not known before */
    boolean learn(Danger danger) {
        PathKey path = PathKey.of(danger.trace());
        boolean isNew = !knows(path);
        Optional<NodeId> advisor = danger.advisor().filter(peer -> !found.containsKey(path));
        if (advisor.isPresent()) {
            put(confirmed, MOST_CONFIRMED, BadPath.confirmed(danger.trace(), advisor.get()));
        } else {
            confirmed.remove(path);
            put(found, MOST_FOUND, BadPath.met(danger.trace()));
        }
        if (isNew) {
            keeper.accept(known().stream().map(BadPath::trace).toList());
        }
        return isNew;
    }

    private static void put(Map<PathKey, BadPath> paths, int most, BadPath path) {
        PathKey key = PathKey.of(path.trace());
        paths.remove(key);
        paths.put(key, path);
        if (paths.size() > most) {
            paths.remove(paths.keySet().iterator().next());
        }
    }
}
