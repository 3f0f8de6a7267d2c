package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What explorations of overlays have in common: node 0 begins a ring and the others join over it, or all are in it already; and nodes and connections fail. */
public final class OverlaySearch {
    /** How many nodes there are. */
    public static final ParameterDescription NODES = number("nodes", 4);

    /** How often any node loses what it knows unnoticed, any crashes, and any connection breaks. */
    public static final List<ParameterDescription> FAILURES =
            List.of(number("resets", 1), number("crashes", 1), number("breaks", 1));

    private OverlaySearch() {}

    /** A parameter that is a number. */
    public static ParameterDescription number(String name, int usual) {
        return new ParameterDescription(name, Integer.class, Optional.of(Integer.toString(usual)));
    }

    /**
     * Whether all nodes are in the ring from the beginning.
     *
     * @param snapshot of {@link Settings#SNAPSHOT}: {@code initial} or {@code ring}
     * @throws IllegalArgumentException when it is neither
     */
    public static boolean isThere(Object snapshot) {
        return Settings.oneOf(List.of("initial", "ring"), "snapshot", snapshot).equals("ring");
    }

    /**
     * The nodes, of which the first one begins the ring.
     *
     * @param count of {@link #NODES}
     * @throws IllegalArgumentException when there would be none
     */
    public static List<NodeId> nodes(Object count) {
        return LongStream.range(0, Settings.atLeast(1, "nodes", count))
                .mapToObj(NodeId::of)
                .toList();
    }

    /**
     * Lets nodes and connections fail, and nodes that have crashed start again.
     *
     * @param counts of {@link #FAILURES}
     * @return how often each node may join: once more than it can have lost what it knew
     * @throws IllegalArgumentException when one is below 0
     */
    public static int fail(SystemModel.Builder<?> model, List<Object> counts) {
        int resets = Settings.atLeast(0, "resets", counts.get(0));
        int crashes = Settings.atLeast(0, "crashes", counts.get(1));
        int breaks = Settings.atLeast(0, "breaks", counts.get(2));
        model.failures(Failures.NONE
                .withSilentResets(resets)
                .withCrashes(crashes)
                .withRestarts()
                .withBreaks(breaks));
        return 1 + resets + crashes;
    }

    /** Lets each node join over the first one up to {@code joins} times, and as often again as it may leave, {@code leaves} times. */
    public static void comeAndGo(SystemModel.Builder<?> model, List<NodeId> nodes, int joins, int leaves) {
        for (NodeId node : nodes) {
            model.offer(joins + leaves, node, "join", nodes.get(0));
            if (leaves > 0) {
                model.offer(leaves, node, "leave");
            }
        }
    }
}
