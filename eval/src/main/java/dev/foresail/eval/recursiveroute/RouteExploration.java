package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Dispatches} over {@link RecursiveRoute} in a ring that does not change, for {@code foresail check}: the first nodes send to the last one. */
public final class RouteExploration implements ExplorationScenario<Stack> {
    private static final List<String> BUGS = List.of(Settings.NO_BUG, "RR-1", "RR-2", "RR-3", "RR-4");

    @Override
    public String name() {
        return "dispatches/recursive-route/static-ring";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.BUG,
                Settings.NODES,
                new ParameterDescription("senders", Integer.class, Optional.of("1")),
                new ParameterDescription("messages", Integer.class, Optional.of("1")),
                new ParameterDescription("window", Integer.class, Optional.of("1")),
                new ParameterDescription("queue", Integer.class, Optional.of("1")),
                new ParameterDescription("attempts", Integer.class, Optional.of("2")),
                new ParameterDescription("ticks", Integer.class, Optional.of("3")),
                new ParameterDescription("busy", Boolean.class, Optional.of("false")),
                new ParameterDescription("circle", Boolean.class, Optional.of("false")),
                new ParameterDescription("turnsBack", Boolean.class, Optional.of("false")),
                new ParameterDescription("crashes", Integer.class, Optional.of("0")),
                new ParameterDescription("breaks", Integer.class, Optional.of("0")));
    }

    /**
     * {@code senders} nodes send {@code messages} each to the last node; in a {@code circle} each to the node before it, all the way round. In a ring that {@code turnsBack} messages may come round again. A message has {@code ticks} until it has expired. Whoever is {@code busy} takes one message at a time. Nodes that
     * crash may start again.
     *
     * @throws IllegalArgumentException when there is no such bug, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<Stack> model, List<Object> values) {
        String bug = Settings.oneOf(BUGS, "bug", values.get(0));
        int nodes = Settings.atLeast(2, "nodes", values.get(1));
        int senders = Settings.within(1, nodes, "senders", values.get(2));
        int messages = Settings.atLeast(1, "messages", values.get(3));
        int ticks = Settings.atLeast(1, "ticks", values.get(7));
        boolean circle = (Boolean) values.get(9);
        int crashes = Settings.atLeast(0, "crashes", values.get(11));
        int breaks = Settings.atLeast(0, "breaks", values.get(12));
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "bug",
                bug,
                "members",
                nodes,
                "window",
                values.get(4),
                "queue",
                values.get(5),
                "attempts",
                values.get(6),
                "hopTimeout",
                "100ms",
                "deadline",
                ticks * 100 + "ms",
                "work",
                (Boolean) values.get(8) ? "1s" : "0s",
                "room",
                1));
        settings.put("turnsBack", values.get(10));
        for (int number = 1; number <= nodes; number++) {
            model.node(NodeId.of(number), settings);
        }
        for (int sender = 1; sender <= senders; sender++) {
            long key = circle ? (sender + nodes - 2) % nodes + 1 : nodes;
            model.offer(messages, NodeId.of(sender), "dispatch", key);
        }
        model.failures(Failures.NONE.withCrashes(crashes).withRestarts().withBreaks(breaks));
    }
}
