package dev.foresail.eval.twophase;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every run of two-phase commit with so many resource managers: what was sent may be received again at any time. */
public final class TwoPhaseScenario implements ExplorationScenario<TwoPhase> {
    @Override
    public String name() {
        return "twophase";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("rms", Integer.class, Optional.of("3")),
                new ParameterDescription("ballast", Integer.class, Optional.of("0")));
    }

    /**
     * {@code rms} is how many resource managers there are, at least 1; {@code ballast} how much state each node carries
     * along, at least 0.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    @Override
    public void describe(SystemModel.Builder<TwoPhase> model, List<Object> parameterValues) {
        int rms = Settings.atLeast(1, "rms", parameterValues.get(0));
        int ballast = Settings.atLeast(0, "ballast", parameterValues.get(1));
        Map<String, Object> configuration = Map.of("rms", rms, "ballast", ballast);
        model.network(Network.DUPLICATING).unhandledStaysPending();
        model.node(TwoPhase.MANAGER, configuration);
        model.offer(TwoPhase.MANAGER, "commit").offer(TwoPhase.MANAGER, "abort");
        for (int number = 1; number <= rms; number++) {
            NodeId resourceManager = NodeId.of(number);
            model.node(resourceManager, configuration);
            model.offer(resourceManager, "prepare").offer(resourceManager, "giveUp");
        }
    }
}
