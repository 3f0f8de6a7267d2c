package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.membership.RingMembership.Standing;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** {@link RingMembership} for {@code foresail check}: node 0 begins the ring and the others join over it, or all are in it already. */
public final class MembershipExploration implements ExplorationScenario<RingMembership> {
    private static final List<String> BUGS = List.of(Settings.NO_BUG, "RM-1", "RM-2", "RM-3", "RM-4", "RM-5");

    @Override
    public String name() {
        return "ring-membership";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                new ParameterDescription("nodes", Integer.class, Optional.of("4")),
                new ParameterDescription("watchersPerSide", Integer.class, Optional.of("1")),
                new ParameterDescription("memory", Duration.class, Optional.of("1h")),
                new ParameterDescription("leaves", Integer.class, Optional.of("1")),
                new ParameterDescription("resets", Integer.class, Optional.of("1")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")),
                new ParameterDescription("breaks", Integer.class, Optional.of("1")));
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}, {@code bug} is {@code none} or one of those of {@link RingMembership}. Each node may leave {@code leaves} times. One probe that is not answered makes a vote, so that searches soon meet false ones; and the dead are not forgotten unless {@code memory} is short. Nodes that crash may start again, and each may join as often as it can have lost what it knew.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<RingMembership> model, List<Object> values) {
        String bug = Settings.oneOf(BUGS, "bug", values.get(0));
        String snapshot = Settings.oneOf(List.of("initial", "ring"), "snapshot", values.get(1));
        int nodes = Settings.atLeast(1, "nodes", values.get(2));
        int watchersPerSide = Settings.atLeast(1, "watchersPerSide", values.get(3));
        Object memory = values.get(4);
        int leaves = Settings.atLeast(0, "leaves", values.get(5));
        int resets = Settings.atLeast(0, "resets", values.get(6));
        int crashes = Settings.atLeast(0, "crashes", values.get(7));
        int breaks = Settings.atLeast(0, "breaks", values.get(8));
        List<NodeId> all = LongStream.range(0, nodes).mapToObj(NodeId::of).toList();
        for (NodeId node : all) {
            model.node(
                    node, Map.of("bug", bug, "watchersPerSide", watchersPerSide, "patience", "1s", "memory", memory));
            model.offer(1 + leaves + resets + crashes, node, "join", NodeId.of(0));
            if (leaves > 0) {
                model.offer(leaves, node, "leave");
            }
        }
        model.failures(Failures.NONE
                .withSilentResets(resets)
                .withCrashes(crashes)
                .withRestarts()
                .withBreaks(breaks));
        model.history(new LivesTold(), Map.of("nobodyTellsOfAnEarlierLife", lives -> !lives.haveGoneBack()));
        if (snapshot.equals("ring")) {
            model.initially(world -> all.forEach(self -> {
                RingMembership node = model.create(self);
                node.self = self;
                node.joined = true;
                node.contact = Optional.of(NodeId.of(0));
                node.incarnation = 1;
                all.forEach(member -> node.standings.put(member, new Standing(1, true)));
                world.state(self, node, "compare", "silent-probe");
            }));
        }
    }
}
