package dev.foresail.eval.twophase;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;

/** Every run of two-phase commit with so many resource managers: what was sent may be received again at any time. */
public final class TwoPhaseScenario implements ExplorationScenario<TwoPhase> {
    @Override
    public String name() {
        return "twophase";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return Transaction.PARAMETERS;
    }

    @Override
    public void describe(SystemModel.Builder<TwoPhase> model, List<Object> parameterValues) {
        Transaction.describe(model, (Integer) parameterValues.get(0));
    }
}
