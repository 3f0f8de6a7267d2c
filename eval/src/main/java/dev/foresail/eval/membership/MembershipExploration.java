package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.routing.OverlaySearch;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link RingMembership} for {@code foresail check}: node 0 begins the ring and the others join over it, or all are in it already. */
public final class MembershipExploration implements ExplorationScenario<RingMembership> {
    private static final List<String> BUGS = List.of(Settings.NO_BUG, "RM-1", "RM-2", "RM-3", "RM-4", "RM-5");

    /** More comparisons than a node makes in a search. */
    private static final Duration LONG = Duration.ofHours(1);

    @Override
    public String name() {
        return "ring-membership";
    }

    @Override
    public List<ParameterDescription> parameters() {
        List<ParameterDescription> parameters = new ArrayList<>(List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                OverlaySearch.NODES,
                OverlaySearch.number("watchersPerSide", 1),
                new ParameterDescription("memory", Duration.class, Optional.of(LONG.toHours() + "h")),
                OverlaySearch.number("leaves", 1)));
        parameters.addAll(OverlaySearch.FAILURES);
        return parameters;
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}, {@code bug} is {@code none} or one of those of {@link RingMembership}. Each node may leave {@code leaves} times. One probe that is not answered makes a vote, so that searches soon meet false ones; and the dead are not forgotten unless {@code memory} is below an hour; then {@code nobodyTellsOfAnEarlierLife} is not asked, as somebody may be told of an earlier life by one who was cut off. Nodes that crash may start again, and each may join as often as it can have lost what it knew.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<RingMembership> model, List<Object> values) {
        String bug = Settings.oneOf(BUGS, "bug", values.get(0));
        boolean isThere = OverlaySearch.isThere(values.get(1));
        List<NodeId> all = OverlaySearch.nodes(values.get(2));
        int watchersPerSide = Settings.atLeast(1, "watchersPerSide", values.get(3));
        Map<String, Object> parameters =
                Map.of("bug", bug, "watchersPerSide", watchersPerSide, "patience", "1s", "memory", values.get(4));
        all.forEach(node -> model.node(node, parameters));
        int joins = OverlaySearch.fail(model, values.subList(6, 9));
        OverlaySearch.comeAndGo(model, all, joins, Settings.atLeast(0, "leaves", values.get(5)));
        if (LONG.compareTo((Duration) values.get(4)) <= 0) {
            model.history(new LivesTold(), Map.of("nobodyTellsOfAnEarlierLife", lives -> !lives.haveGoneBack()));
        }
        if (isThere) {
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
