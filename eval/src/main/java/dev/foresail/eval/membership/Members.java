package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
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
            Stream.concat(way.tailSet(node, false).stream(), way.headSet(node, false).stream())
                    .filter(counts)
                    .limit(perSide)
                    .forEach(nearest::add);
        }
        return nearest;
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
