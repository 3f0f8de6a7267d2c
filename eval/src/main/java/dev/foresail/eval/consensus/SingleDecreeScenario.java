package dev.foresail.eval.consensus;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Up to ten proposers, each of which may begin at any time; what was sent may be received again at any time. */
public final class SingleDecreeScenario implements ExplorationScenario<SingleDecree> {
    @Override
    public String name() {
        return "single-decree";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("proposers", Integer.class, Optional.of("2")));
    }

    /**
     * {@code proposers} is 1 to 10: with the next number an acceptor would propose.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    @Override
    public void describe(SystemModel.Builder<SingleDecree> model, List<Object> parameterValues) {
        int proposers = Settings.within(1, 10, "proposers", parameterValues.get(0));
        describe(model, SingleDecree.ACCEPTORS, proposers);
    }

    /** The same for any form of the protocol. */
    static void describe(SystemModel.Builder<?> model, List<NodeId> acceptors, int proposers) {
        model.network(Network.DUPLICATING).unhandledStaysPending();
        acceptors.forEach(acceptor -> model.node(acceptor, Map.of()));
        for (int number = 1; number <= proposers; number++) {
            NodeId proposer = NodeId.of(number);
            model.node(proposer, Map.of()).offer(proposer, "propose");
        }
    }
}
