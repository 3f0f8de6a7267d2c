package dev.foresail.eval.register.paxos;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.register.RegisterSystem;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;

/** Clients of servers that agree on one write with Paxos. */
public final class PaxosRegisterScenario implements ExplorationScenario<PaxosRegister> {
    @Override
    public String name() {
        return "register-paxos";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return RegisterSystem.parameters(2, 3);
    }

    @Override
    public void describe(SystemModel.Builder<PaxosRegister> model, List<Object> parameterValues) {
        RegisterSystem.describe(model, parameterValues);
    }
}
