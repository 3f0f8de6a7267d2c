package dev.foresail.eval.register;

import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.register.abd.AbdRegister;
import dev.foresail.eval.register.abd.AbdRegisterMachine;
import dev.foresail.eval.register.paxos.PaxosRegister;
import dev.foresail.eval.register.paxos.PaxosRegisterMachine;
import dev.foresail.eval.register.singlecopy.SingleCopyRegister;
import dev.foresail.eval.register.singlecopy.SingleCopyRegisterMachine;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.ServiceLoader;

/** The models of the register scenarios, found as the command line finds them. */
final class RegisterModels {
    private RegisterModels() {}

    static SystemModel<SingleCopyRegister> singleCopy(int clients, int servers) {
        return model(new SingleCopyRegisterMachine(), clients, servers);
    }

    static SystemModel<PaxosRegister> paxos(int clients, int servers) {
        return model(new PaxosRegisterMachine(), clients, servers);
    }

    static SystemModel<AbdRegister> abd(int clients, int servers) {
        return model(new AbdRegisterMachine(), clients, servers);
    }

    private static <S> SystemModel<S> model(Machine<S> machine, int clients, int servers) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        scenario(machine).describe(model, List.of(clients, servers));
        return model.build();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> ExplorationScenario<S> scenario(Machine<S> machine) {
        return ServiceLoader.load(ExplorationScenario.class).stream()
                .map(provider -> (ExplorationScenario<S>) provider.get())
                .filter(scenario -> scenario.name().equals(machine.protocol()))
                .findFirst()
                .orElseThrow();
    }
}
