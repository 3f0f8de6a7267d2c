package dev.foresail.choice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Questions about the graph that nodes span by naming one parent each; for properties and metrics. Pure functions. */
public final class Graphs {
    private Graphs() {}

    /** The known nodes that name no parent or one that is not known: the tops of the trees in sight. */
    public static <S> List<NodeId> tops(SystemView<S> system, Function<? super S, Optional<NodeId>> parent) {
        List<NodeId> tops = new ArrayList<>();
        for (NodeId node : system.nodes()) {
            if (parent.apply(system.state(node)).filter(system::isKnown).isEmpty()) {
                tops.add(node);
            }
        }
        return tops;
    }

    /** Whether following parents from any known node comes to an end (or to an unknown node). */
    public static <S> boolean isForest(SystemView<S> system, Function<? super S, Optional<NodeId>> parent) {
        Set<NodeId> proven = new HashSet<>();
        for (NodeId start : system.nodes()) {
            Set<NodeId> path = new HashSet<>();
            Optional<NodeId> at = Optional.of(start);
            while (at.isPresent() && system.isKnown(at.get()) && !proven.contains(at.get())) {
                if (!path.add(at.get())) {
                    return false;
                }
                at = parent.apply(system.state(at.get()));
            }
            proven.addAll(path);
        }
        return true;
    }

    /** The level of {@code node}, 1 at a top; 0 when its parents run in a circle. */
    public static <S> int level(SystemView<S> system, NodeId node, Function<? super S, Optional<NodeId>> parent) {
        int level = 1;
        Optional<NodeId> at = parent.apply(system.state(node));
        while (at.isPresent() && system.isKnown(at.get())) {
            level++;
            if (level > system.nodes().size()) {
                return 0;
            }
            at = parent.apply(system.state(at.get()));
        }
        return level;
    }
}
