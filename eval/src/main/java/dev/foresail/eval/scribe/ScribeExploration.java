package dev.foresail.eval.scribe;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.Pastry;
import dev.foresail.eval.pastry.PastryExploration;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Scribe} over Pastry for {@code foresail check}: every node subscribes to one group, in a ring that comes into being or is there already. */
public final class ScribeExploration implements ExplorationScenario<Stack> {
    private static final long GROUP = 0x5C81BE5C81BE5C81L;

    private static final PastryExploration BELOW = new PastryExploration();

    @Override
    public String name() {
        return "scribe/pastry";
    }

    @Override
    public List<ParameterDescription> parameters() {
        List<ParameterDescription> parameters = new ArrayList<>(BELOW.parameters());
        parameters.add(new ParameterDescription("leaves", Integer.class, Optional.of("0")));
        parameters.add(new ParameterDescription("notices", Integer.class, Optional.of("0")));
        return parameters;
    }

    /**
     * As {@link PastryExploration}, and each node subscribes as often as it joins, leaves the group up to {@code leaves} times, and publishes up to {@code notices}.
     *
     * @throws IllegalArgumentException when there is no such snapshot, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<Stack> model, List<Object> values) {
        int leaves = Settings.atLeast(0, "leaves", values.get(7));
        int notices = Settings.atLeast(0, "notices", values.get(8));
        int times = PastryExploration.describe(model, values, stack -> stack.layer(Pastry.class), List.of("heartbeat"));
        for (int number = 0; number < (Integer) values.get(1); number++) {
            NodeId node = NodeId.of(number);
            model.offer(times + leaves, node, "subscribe", GROUP);
            model.offer(leaves, node, "leave", GROUP);
            model.offer(notices, node, "publish", GROUP, 1L);
        }
    }
}
