package dev.foresail.eval.register.singlecopy;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.register.RegisterSystem;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;

/** Clients of servers that each keep a copy: with two servers a history that is not linearisable can be found. */
public final class SingleCopyRegisterScenario implements ExplorationScenario<SingleCopyRegister> {
    @Override
    public String name() {
        return "register-single-copy";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return RegisterSystem.parameters(2, 1);
    }

    @Override
    public void describe(SystemModel.Builder<SingleCopyRegister> model, List<Object> parameterValues) {
        RegisterSystem.describe(model, parameterValues);
    }
}
