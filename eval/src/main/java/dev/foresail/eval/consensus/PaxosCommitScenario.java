package dev.foresail.eval.consensus;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;

/** Every run of the specification with two resource managers, three acceptors, two ballots. */
public final class PaxosCommitScenario implements ExplorationScenario<PaxosCommit> {
    @Override
    public String name() {
        return "paxos-commit";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public void describe(SystemModel.Builder<PaxosCommit> model, List<Object> parameterValues) {
        model.network(Network.DUPLICATING).unhandledStaysPending();
        for (NodeId resourceManager : PaxosCommit.RESOURCE_MANAGERS) {
            model.node(resourceManager, Map.of());
            model.offer(resourceManager, "prepare").offer(resourceManager, "giveUp");
        }
        for (NodeId instance : List.of(PaxosCommit.FIRST_INSTANCE, PaxosCommit.SECOND_INSTANCE)) {
            model.node(instance, Map.of());
            model.offer(instance, "lead").offer(instance, "propose");
        }
        model.offer(PaxosCommit.FIRST_INSTANCE, "abort");
    }
}
