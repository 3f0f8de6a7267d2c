package dev.foresail.eval.skipnet;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.routing.Contacts;
import dev.foresail.eval.routing.OverlaySearch;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link SkipNet} for {@code foresail check}: node 0 begins the rings and the others join over it, or all are in them already. */
public final class SkipNetExploration implements ExplorationScenario<SkipNet> {
    private static final List<String> BUGS = List.of(Settings.NO_BUG, "SN-1", "SN-2", "SN-3");

    @Override
    public String name() {
        return "skipnet";
    }

    @Override
    public List<ParameterDescription> parameters() {
        List<ParameterDescription> parameters = new ArrayList<>(List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                OverlaySearch.NODES,
                OverlaySearch.number("leavesPerSide", 1),
                new ParameterDescription("hashed", Boolean.class, Optional.of("false")),
                OverlaySearch.number("visits", 1),
                OverlaySearch.number("leaves", 1)));
        parameters.addAll(OverlaySearch.FAILURES);
        return parameters;
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
        boolean isThere = OverlaySearch.isThere(values.get(1));
        List<NodeId> all = OverlaySearch.nodes(values.get(2));
        int leavesPerSide = Settings.atLeast(1, "leavesPerSide", values.get(3));
        int visits = Settings.atLeast(0, "visits", values.get(5));
        all.forEach(node -> {
            model.node(node, Map.of("bug", bug, "leavesPerSide", leavesPerSide, "hashed", values.get(4)));
            all.stream()
                    .filter(name -> visits > 0 && !name.equals(node))
                    .forEach(name -> model.offer(visits, node, "visit", name));
        });
        int joins = OverlaySearch.fail(model, values.subList(7, 10));
        OverlaySearch.comeAndGo(model, all, joins, Settings.atLeast(0, "leaves", values.get(6)));
        if (isThere) {
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
