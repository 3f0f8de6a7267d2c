package dev.foresail.eval.skipnet;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where messages would get to if no node changed while they are on their way. Pure functions. */
final class Journeys {
    private static final int MOST_TRIED = 8;

    private Journeys() {}

    /** A message comes to the node that has its name, over nodes alone whose names begin as those of both ends do, and to the one whose numeric id is closest to its key; in large systems that is tried between some of them. */
    static boolean reach(SystemView<SkipNet> system) {
        SortedSet<NodeId> joined = new TreeSet<>(system.nodes());
        joined.removeIf(node -> !system.state(node).isJoined());
        int step = StrictMath.max(1, joined.size() / MOST_TRIED);
        List<NodeId> tried = List.copyOf(joined);
        for (int from = 0; from < tried.size(); from += step) {
            for (int to = 0; to < tried.size(); to += step) {
                long key = system.state(tried.get(to)).rings.numericId(tried.get(to));
                if (!isReachedByName(tried.get(from), tried.get(to), system)
                        || !isReachedByKey(tried.get(from), key, joined, system)
                        || !isReachedByKey(tried.get(from), ~key, joined, system)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isReachedByName(NodeId from, NodeId name, SystemView<SkipNet> system) {
        NodeId at = from;
        Optional<NodeId> next = Optional.of(from);
        for (int hops = 0; next.isPresent() && hops <= system.nodes().size(); hops++) {
            at = next.get();
            if (!system.isKnown(at) || SkipNet.samePrefix(name, at) < SkipNet.samePrefix(name, from)) {
                return false;
            }
            SkipNet there = system.state(at);
            next = there.towards(name, there.rings.members(), at);
        }
        return next.isEmpty() && at.equals(name);
    }

    /** In so many hops as all nodes in all rings would be. */
    private static boolean isReachedByKey(NodeId from, long key, SortedSet<NodeId> joined, SystemView<SkipNet> system) {
        Comparator<NodeId> byCloseness = system.state(from).rings.byCloseness(key);
        Optional<SkipNet.Hop> hop =
                Optional.of(new SkipNet.Hop(from, new SkipNet.Route(key, new SkipNet.Out(), from, from, false)));
        NodeId at = from;
        for (int hops = 0; hop.isPresent() && hops <= 2 * joined.size() + Long.SIZE; hops++) {
            at = hop.get().next();
            if (!joined.contains(at)) {
                return false;
            }
            SkipNet.Route route = hop.get().route();
            SkipNet there = system.state(at);
            hop = there.higher(route).stream()
                    .findFirst()
                    .map(next -> new SkipNet.Hop(next, SkipNet.up(route, next)))
                    .or(() -> there.around(route));
        }
        return hop.isEmpty() && at.equals(Collections.min(joined, byCloseness));
    }
}
