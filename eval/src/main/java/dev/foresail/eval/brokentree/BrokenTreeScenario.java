package dev.foresail.eval.brokentree;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link BrokenTree}: node 0 leads, the others join it, or are below it already. */
public final class BrokenTreeScenario implements ExplorationScenario<BrokenTree> {
    @Override
    public String name() {
        return "broken-tree";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(Settings.BUG, Settings.SNAPSHOT, Settings.NODES);
    }

    /**
     * {@code snapshot} is {@code initial} or {@code star}, {@code bug} is {@code none} or {@code BT-1}.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or {@code nodes} is less than 1
     */
    @Override
    public void describe(SystemModel.Builder<BrokenTree> model, List<Object> parameterValues) {
        String bug = Settings.oneOf(List.of(Settings.NO_BUG, "BT-1"), "bug", parameterValues.get(0));
        String snapshot = Settings.oneOf(List.of("initial", "star"), "snapshot", parameterValues.get(1));
        int nodes = Settings.atLeast(1, "nodes", parameterValues.get(2));
        NodeId root = NodeId.of(0);
        for (int number = 0; number < nodes; number++) {
            model.node(NodeId.of(number), Map.of("bug", bug));
        }
        if (snapshot.equals("star")) {
            model.initially(world -> {
                BrokenTree top = model.create(root);
                for (int number = 1; number < nodes; number++) {
                    BrokenTree child = model.create(NodeId.of(number));
                    child.parent = Optional.of(root);
                    top.children.add(NodeId.of(number));
                    world.state(NodeId.of(number), child);
                }
                world.state(root, top, "wave");
            });
        } else {
            model.offer(1, root, "lead");
            for (int number = 1; number < nodes; number++) {
                model.offer(1, NodeId.of(number), "join", root);
            }
        }
    }
}
