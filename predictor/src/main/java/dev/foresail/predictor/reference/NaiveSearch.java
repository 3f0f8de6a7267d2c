package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One search of {@link NaiveExplorer}, level by level. Not thread-safe; used once. */
final class NaiveSearch<S> {
    private final SystemModel<S> model;
    private final SearchSettings settings;
    private final SearchResources resources;
    private final boolean wholeBytes;
    private final Set<Object> seen = new HashSet<>();
    private final Map<ByteBuffer, Integer> expansions = new HashMap<>();
    private final SortedMap<String, Violation> violations = new TreeMap<>();
    private final SortedSet<String> untold = new TreeSet<>();
    private final List<Long> worldsByDepth = new ArrayList<>();
    private List<Reached<S>> nextLevel = new ArrayList<>();
    private long transitions;
    private long handlerRuns;

    NaiveSearch(SystemModel<S> model, SearchSettings settings, SearchResources resources, boolean wholeBytes) {
        if (settings.kind() == SearchKind.WALK) {
            throw new IllegalArgumentException("the naive explorer searches EXHAUSTIVE or CONSEQUENCE, not WALK");
        }
        this.model = model;
        this.settings = settings;
        this.resources = resources;
        this.wholeBytes = wholeBytes;
    }

    /** A path, shared with the paths that go on from it. */
    private record Path(int initialWorld, Optional<Path> before, Optional<Action> last) {
        Path then(Action action) {
            return new Path(initialWorld, Optional.of(this), Optional.of(action));
        }

        List<Action> actions() {
            List<Action> actions = new ArrayList<>();
            for (Optional<Path> at = Optional.of(this); at.isPresent(); at = at.get().before) {
                at.get().last.ifPresent(action -> actions.add(0, action));
            }
            return actions;
        }
    }

    private record Reached<S>(ReferenceWorld<S> world, Path path) {}

    SearchReport run() {
        long began = resources.clockNanos().getAsLong();
        SearchReport.Ended ended = search(began);
        return new SearchReport(
                settings.kind(),
                seen.size(),
                transitions,
                handlerRuns,
                0,
                0,
                Math.max(0, worldsByDepth.size() - 1),
                resources.clockNanos().getAsLong() - began,
                worldsByDepth,
                ended,
                List.copyOf(violations.values()),
                wholeBytes ? 0 : collisionOdds(),
                List.copyOf(untold),
                model.isComplete());
    }

    /** The birthday bound. */
    private double collisionOdds() {
        double worlds = seen.size();
        return worlds * worlds / 2 / 0x1p64;
    }

    private SearchReport.Ended search(long began) {
        ReferenceWorld.Beginning<S> beginning = ReferenceWorld.beginning(model);
        beginning
                .thrown()
                .ifPresent(thrown -> violate(
                        SystemModel.HANDLER_THREW,
                        new Path(0, Optional.empty(), Optional.empty()),
                        "at the beginning, " + thrown));
        List<ReferenceWorld<S>> initial = beginning.worlds();
        for (int index = 0; index < initial.size() && seen.size() < settings.maxWorlds(); index++) {
            if (initial.get(index).isWithinConstraints()) {
                reach(initial.get(index), new Path(index, Optional.empty(), Optional.empty()));
            }
        }
        for (int depth = 0; ; depth++) {
            List<Reached<S>> level = nextLevel;
            nextLevel = new ArrayList<>();
            if (!level.isEmpty()) {
                worldsByDepth.add((long) level.size());
            }
            resources.listener().progress(depth, seen.size(), transitions, level.size());
            Optional<SearchReport.Ended> ended = endOfLevel(level, depth);
            for (int index = 0; ended.isEmpty() && index < level.size(); index++) {
                ended = limit(began);
                if (ended.isEmpty()) {
                    expand(level.get(index));
                }
            }
            if (ended.isPresent()) {
                if (!nextLevel.isEmpty()) {
                    worldsByDepth.add((long) nextLevel.size());
                }
                return ended.get();
            }
        }
    }

    private Optional<SearchReport.Ended> endOfLevel(List<Reached<S>> level, int depth) {
        if (settings.untilViolation() && !violations.isEmpty()) {
            return Optional.of(SearchReport.Ended.VIOLATION);
        }
        if (level.isEmpty()) {
            return Optional.of(SearchReport.Ended.EXHAUSTED);
        }
        return depth >= settings.maxDepth() ? Optional.of(SearchReport.Ended.DEPTH) : Optional.empty();
    }

    private Optional<SearchReport.Ended> limit(long began) {
        if (seen.size() >= settings.maxWorlds()) {
            return Optional.of(SearchReport.Ended.WORLDS);
        }
        if (resources.interrupted().getAsBoolean()) {
            return Optional.of(SearchReport.Ended.INTERRUPTED);
        }
        if (resources.clockNanos().getAsLong() - began > settings.maxNanos()) {
            return Optional.of(SearchReport.Ended.TIME);
        }
        return resources.heapBytes().getAsLong() > settings.maxHeapBytes()
                ? Optional.of(SearchReport.Ended.MEMORY)
                : Optional.empty();
    }

    private void expand(Reached<S> reached) {
        Set<NodeId> pruned = settings.kind() == SearchKind.CONSEQUENCE ? expandedBefore(reached.world()) : Set.of();
        reached.world()
                .forEachTransition(
                        action -> isConsequence(action) || !pruned.contains(action.node()),
                        transition -> follow(reached, transition));
    }

    /** Counts every node's local state, and says whose was expanded often enough before. */
    private Set<NodeId> expandedBefore(ReferenceWorld<S> world) {
        Set<NodeId> pruned = new HashSet<>();
        for (NodeId node : world.nodes().keySet()) {
            byte[] local = world.localBytes(node);
            ByteBuffer key = ByteBuffer.allocate(Long.BYTES + local.length)
                    .putLong(node.value())
                    .put(local)
                    .flip();
            if (expansions.merge(key, 1, Integer::sum) > settings.expansions()) {
                pruned.add(node);
            }
        }
        return pruned;
    }

    /** What the network brings is always followed (CrystalBall's rule). */
    private static boolean isConsequence(Action action) {
        return action instanceof Action.Handle handle
                && (handle.event() instanceof Event.Delivery || handle.event() instanceof Event.ConnectionError);
    }

    private void follow(Reached<S> reached, ReferenceWorld.Transition<S> transition) {
        if (seen.size() >= settings.maxWorlds()) {
            return;
        }
        ReferenceWorld.Taken<S> taken = transition.taken();
        handlerRuns += taken.handlerRuns();
        Path path = reached.path().then(transition.action());
        if (taken.thrown().isPresent()) {
            transitions++;
            violate(SystemModel.HANDLER_THREW, path, taken.thrown().get().toString());
        } else if (taken.world().isWithinConstraints()) {
            transitions++;
            reach(taken.world(), path);
        }
    }

    private void reach(ReferenceWorld<S> world, Path path) {
        Object key = wholeBytes ? (Object) ByteBuffer.wrap(world.canonicalBytes()) : (Object) world.fingerprint();
        if (seen.add(key)) {
            nextLevel.add(new Reached<>(world, path));
            world.violatedProperties().forEach(property -> violate(property, path, ""));
            untold.addAll(world.untoldProperties());
        }
    }

    private void violate(String property, Path path, String detail) {
        violations.computeIfAbsent(
                property, first -> new Violation(first, false, path.initialWorld(), path.actions(), detail));
    }
}
