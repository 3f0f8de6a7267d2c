package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import java.util.Comparator;

/** Ids in a circle. Pure functions. */
final class Ring {
    private Ring() {}

    /** Whether one comes past {@code node} on the way from {@code start} to {@code end}, both excluded. */
    static boolean isBetween(NodeId start, NodeId node, NodeId end) {
        if (start.equals(end)) {
            return !node.equals(start);
        }
        boolean isAfter = node.compareTo(start) > 0;
        boolean isBefore = node.compareTo(end) < 0;
        return start.compareTo(end) < 0 ? isAfter && isBefore : isAfter || isBefore;
    }

    /** The order in which nodes come after {@code start}, which is the last itself. */
    static Comparator<NodeId> after(NodeId start) {
        return Comparator.comparing((NodeId node) -> node.compareTo(start) <= 0).thenComparing(node -> node);
    }
}
