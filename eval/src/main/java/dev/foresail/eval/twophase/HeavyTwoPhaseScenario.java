package dev.foresail.eval.twophase;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;

/** As {@link TwoPhaseScenario}, worlds and steps are the same, with nodes of a real size. */
public final class HeavyTwoPhaseScenario implements ExplorationScenario<HeavyTwoPhase> {
    @Override
    public String name() {
        return "twophase-heavy";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return Transaction.PARAMETERS;
    }

    @Override
    public void describe(SystemModel.Builder<HeavyTwoPhase> model, List<Object> parameterValues) {
        Transaction.describe(model, (Integer) parameterValues.get(0));
    }
}
