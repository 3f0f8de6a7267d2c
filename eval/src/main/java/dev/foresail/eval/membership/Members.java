package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Nodes on a circle, in the order of their names. Pure functions. */
final class Members {
    /**
     * What one node is to tell, and whom.
     *
     * @param end which tells those from {@code to} on that come before this one; all others if it is {@code to} itself
     */
    record Share(NodeId to, NodeId end) {}

    private Members() {}

    /**
     * Clockwise from {@code start} on, both ends left out, which need not be among them; once around when they are the same.
     *
     * @param counts which of the nodes are meant
     */
    static List<NodeId> between(NodeId start, NodeId end, NavigableSet<NodeId> nodes, Predicate<NodeId> counts) {
        Stream<NodeId> way = start.compareTo(end) < 0
                ? nodes.subSet(start, false, end, false).stream()
                : Stream.concat(nodes.tailSet(start, false).stream(), nodes.headSet(end, false).stream());
        return way.filter(counts).toList();
    }

    /**
     * The nearest on both sides of a node, which need not be among them.
     *
     * @param counts which of the nodes are meant; no more of them are asked than it takes
     */
    static SortedSet<NodeId> nearest(NodeId node, int perSide, NavigableSet<NodeId> nodes, Predicate<NodeId> counts) {
        SortedSet<NodeId> nearest = new TreeSet<>();
        for (NavigableSet<NodeId> way : List.of(nodes, nodes.descendingSet())) {
            from(node, way).filter(counts).limit(perSide).forEach(nearest::add);
        }
        return nearest;
    }

    private static Stream<NodeId> from(NodeId node, NavigableSet<NodeId> way) {
        return Stream.concat(way.tailSet(node, false).stream(), way.headSet(node, false).stream());
    }

    /**
     * How many come next to a node, on the side on which they are more, before one of those that are meant.
     *
     * @param counts which of the nodes are meant
     */
    static int longestRun(NodeId node, NavigableSet<NodeId> nodes, Predicate<NodeId> counts) {
        long up = from(node, nodes).takeWhile(counts.negate()).count();
        long down = from(node, nodes.descendingSet()).takeWhile(counts.negate()).count();
        return (int) StrictMath.max(up, down);
    }

    /** How many of these are among those. */
    static long count(Set<NodeId> these, Set<NodeId> those) {
        return these.stream().filter(those::contains).count();
    }

    /** Whether these are more than half of all, or half of them with the first one by name. Of two groups that have nobody in common never both are. */
    static boolean areMost(Set<NodeId> these, SortedSet<NodeId> all) {
        long twice = 2 * count(these, all);
        return twice > all.size() || twice == all.size() && !all.isEmpty() && these.contains(all.first());
    }

    /**
     * Whom to tell something that all of these shall hear: the one in the middle, who tells the second half, and so on in the first half. If all go on so, there are no more hops to anybody than the
     * number of members has binary digits, and nobody is told twice.
     */
    static List<Share> shares(List<NodeId> range, NodeId end) {
        List<Share> shares = new ArrayList<>();
        List<NodeId> rest = range;
        NodeId last = end;
        while (!rest.isEmpty()) {
            int middle = rest.size() / 2;
            shares.add(new Share(rest.get(middle), last));
            last = rest.get(middle);
            rest = rest.subList(0, middle);
        }
        return shares;
    }
}
