package dev.foresail.eval.consensus;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every run of the specification with ballots from 0 to {@code ballots} - 1. */
public final class PaxosSetsScenario implements ExplorationScenario<PaxosSets> {
    @Override
    public String name() {
        return "paxos-sets";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("ballots", Integer.class, Optional.of("2")),
                new ParameterDescription("acceptors", Integer.class, Optional.of("3")),
                new ParameterDescription("values", Integer.class, Optional.of("2")));
    }

    /** @throws IllegalArgumentException when there is not at least one ballot, acceptor and value */
    @Override
    public void describe(SystemModel.Builder<PaxosSets> model, List<Object> parameterValues) {
        int ballots = Settings.atLeast(1, "ballots", parameterValues.get(0));
        int acceptors = Settings.atLeast(1, "acceptors", parameterValues.get(1));
        int values = Settings.atLeast(1, "values", parameterValues.get(2));
        NodeId system = NodeId.of(1);
        model.node(system, Map.of("acceptors", acceptors, "values", values));
        for (int ballot = 0; ballot < ballots; ballot++) {
            model.offer(system, "begin", ballot);
        }
        model.offer(system, "promise").offer(system, "propose").offer(system, "vote");
    }
}
