package dev.foresail.eval.twophase;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may happen in two-phase commit, for nodes of any weight. */
final class Transaction {
    static final List<ParameterDescription> PARAMETERS =
            List.of(new ParameterDescription("rms", Integer.class, Optional.of("3")));

    private Transaction() {}

    static void describe(SystemModel.Builder<?> model, int rms) {
        model.network(Network.DUPLICATING).unhandledStaysPending();
        model.node(TwoPhase.MANAGER, Map.of("rms", rms));
        model.offer(TwoPhase.MANAGER, "commit").offer(TwoPhase.MANAGER, "abort");
        for (int number = 1; number <= rms; number++) {
            NodeId resourceManager = NodeId.of(number);
            model.node(resourceManager, Map.of("rms", rms));
            model.offer(resourceManager, "prepare").offer(resourceManager, "giveUp");
        }
    }
}
