package dev.foresail.eval.skipnet;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.routing.Contacts;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** {@link SkipNet} for {@code foresail check}: node 0 begins the rings and the others join over it, or all are in them already. */
public final class SkipNetExploration implements ExplorationScenario<SkipNet> {
    private static final List<String> BUGS = List.of(Settings.NO_BUG, "SN-1", "SN-2", "SN-3", "SN-4");

    @Override
    public String name() {
        return "skipnet";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                new ParameterDescription("nodes", Integer.class, Optional.of("4")),
                new ParameterDescription("leavesPerSide", Integer.class, Optional.of("1")),
                new ParameterDescription("hashed", Boolean.class, Optional.of("false")),
                new ParameterDescription("visits", Integer.class, Optional.of("1")),
                new ParameterDescription("leaves", Integer.class, Optional.of("1")),
                new ParameterDescription("resets", Integer.class, Optional.of("1")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")),
                new ParameterDescription("breaks", Integer.class, Optional.of("1")));
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}, {@code bug} is {@code none} or one of those of {@link SkipNet}. Each node sends {@code visits} messages to each other name and may leave {@code leaves} times. Nodes that crash may start again, and each may join as
     * often as it can have lost what it knew.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<SkipNet> model, List<Object> values) {
        String bug = Settings.oneOf(BUGS, "bug", values.get(0));
        String snapshot = Settings.oneOf(List.of("initial", "ring"), "snapshot", values.get(1));
        int nodes = Settings.atLeast(1, "nodes", values.get(2));
        int leavesPerSide = Settings.atLeast(1, "leavesPerSide", values.get(3));
        int visits = Settings.atLeast(0, "visits", values.get(5));
        int leaves = Settings.atLeast(0, "leaves", values.get(6));
        int resets = Settings.atLeast(0, "resets", values.get(7));
        int crashes = Settings.atLeast(0, "crashes", values.get(8));
        int breaks = Settings.atLeast(0, "breaks", values.get(9));
        List<NodeId> all = LongStream.range(0, nodes).mapToObj(NodeId::of).toList();
        for (NodeId node : all) {
            model.node(node, Map.of("bug", bug, "leavesPerSide", leavesPerSide, "hashed", values.get(4)));
            model.offer(1 + leaves + resets + crashes, node, "join", NodeId.of(0));
            if (visits > 0) {
                all.stream()
                        .filter(name -> !name.equals(node))
                        .forEach(name -> model.offer(visits, node, "visit", name));
            }
            if (leaves > 0) {
                model.offer(leaves, node, "leave");
            }
        }
        model.failures(Failures.NONE
                .withSilentResets(resets)
                .withCrashes(crashes)
                .withRestarts()
                .withBreaks(breaks));
        if (snapshot.equals("ring")) {
            model.initially(world -> all.forEach(self -> {
                SkipNet node = model.create(self);
                node.become(self);
                node.phase = SkipNet.Phase.JOINED;
                node.contacts = self.value() == 0 ? Contacts.NONE : Contacts.NONE.with(NodeId.of(0));
                all.forEach(other -> node.rings = node.rings.with(other));
                world.state(self, node, "exchange", "join");
            }));
        }
    }
}
