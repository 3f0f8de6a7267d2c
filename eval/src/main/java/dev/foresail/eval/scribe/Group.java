package dev.foresail.eval.scribe;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node in the tree of a group knows of it. Immutable.
 *
 * @param isMember whether it has subscribed; else it is there for others only
 * @param isRoot whether it took itself for the root when it asked last
 * @param parent empty at the root, and while one is looked for
 * @param silentPeriods for how many periods nothing has come from the parent
 * @param path from the root to the parent, as heard last; empty at the root, and as long as nothing has come down from there
 */
public record Group(
        boolean isMember,
        boolean isRoot,
        Optional<NodeId> parent,
        SortedSet<NodeId> children,
        int silentPeriods,
        List<NodeId> path) {
    static final Group EMPTY = new Group(false, false, Optional.empty(), new TreeSet<>(), 0, List.of());

    boolean isChildOf(NodeId node) {
        return parent.equals(Optional.of(node));
    }

    boolean isBelowRoot() {
        return isRoot || !path.isEmpty();
    }

    boolean isNeeded() {
        return isMember || !children.isEmpty();
    }

    Group withMember(boolean member) {
        return new Group(member, isRoot, parent, children, silentPeriods, path);
    }

    Group withRoot(boolean root) {
        return new Group(isMember, root, parent, children, silentPeriods, path);
    }

    Group withParent(Optional<NodeId> other) {
        return new Group(isMember, isRoot, other, children, 0, List.of());
    }

    Group withSilentPeriods(int periods) {
        return new Group(isMember, isRoot, parent, children, periods, path);
    }

    Group withPath(List<NodeId> heard) {
        return new Group(isMember, isRoot, parent, children, silentPeriods, heard);
    }

    Group withChild(NodeId child) {
        SortedSet<NodeId> more = new TreeSet<>(children);
        more.add(child);
        return new Group(isMember, isRoot, parent, more, silentPeriods, path);
    }

    Group withoutChild(NodeId child) {
        SortedSet<NodeId> fewer = new TreeSet<>(children);
        fewer.remove(child);
        return new Group(isMember, isRoot, parent, fewer, silentPeriods, path);
    }
}
