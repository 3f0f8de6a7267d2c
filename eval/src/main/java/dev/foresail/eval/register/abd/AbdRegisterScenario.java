package dev.foresail.eval.register.abd;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.register.RegisterSystem;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;

/** Clients of servers that keep a register after Attiya, Bar-Noy and Dolev. */
public final class AbdRegisterScenario implements ExplorationScenario<AbdRegister> {
    @Override
    public String name() {
        return "register-abd";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return RegisterSystem.parameters(2, 2);
    }

    @Override
    public void describe(SystemModel.Builder<AbdRegister> model, List<Object> parameterValues) {
        RegisterSystem.describe(model, parameterValues);
    }
}
