package dev.foresail.eval.bamboo;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.pastry.PastryExploration;
import dev.foresail.eval.pastry.Peer;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;

/** {@link Bamboo} for {@code foresail check}, with the settings of {@link PastryExploration}. Random keys are not sampled: each would be a branch of the search. */
public final class BambooExploration implements ExplorationScenario<Bamboo> {
    @Override
    public String name() {
        return "bamboo";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return new PastryExploration().parameters();
    }

    /** @throws IllegalArgumentException when there is no such snapshot, or a number is out of range */
    @Override
    public void describe(SystemModel.Builder<Bamboo> model, List<Object> values) {
        Map<String, Object> parameters =
                Map.of("leavesPerSide", values.get(2), "hashedIds", values.get(3), "samplePeriod", "0s");
        PastryExploration.describe(model, values, parameters, List.of(), BambooExploration::settle);
    }

    private static void settle(Bamboo node, Peer self, List<Peer> others) {
        node.become(self);
        others.stream().limit(1).map(Peer::address).forEach(node.contacts::add);
        node.phase = Bamboo.Phase.JOINED;
        for (Peer peer : others) {
            node.leaves = node.leaves.with(peer);
            node.table = node.table.with(peer, 0);
        }
    }
}
