package dev.foresail.eval.scribe;

import dev.foresail.choice.NodeId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node in the tree of a group knows of it. Immutable.
 *
 * @param isMember whether it has subscribed; else it is there for others only
 * @param parent empty at the root, and while one is looked for
 * @param silentPeriods for how many periods nothing has come from the parent
 */
public record Group(boolean isMember, Optional<NodeId> parent, SortedSet<NodeId> children, int silentPeriods) {
    static final Group EMPTY = new Group(false, Optional.empty(), new TreeSet<>(), 0);

    boolean isChildOf(NodeId node) {
        return parent.equals(Optional.of(node));
    }

    boolean isNeeded() {
        return isMember || !children.isEmpty();
    }

    Group withMember(boolean member) {
        return new Group(member, parent, children, silentPeriods);
    }

    Group withParent(Optional<NodeId> other) {
        return new Group(isMember, other, children, 0);
    }

    Group withSilentPeriods(int periods) {
        return new Group(isMember, parent, children, periods);
    }

    Group withChild(NodeId child) {
        SortedSet<NodeId> more = new TreeSet<>(children);
        more.add(child);
        return new Group(isMember, parent, more, silentPeriods);
    }

    Group withoutChild(NodeId child) {
        SortedSet<NodeId> fewer = new TreeSet<>(children);
        fewer.remove(child);
        return new Group(isMember, parent, fewer, silentPeriods);
    }
}
