package dev.foresail.eval.consensus;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Optional;

/** {@link PhasedDecree} under the same circumstances as {@link SingleDecreeScenario}. */
public final class PhasedDecreeScenario implements ExplorationScenario<PhasedDecree> {
    @Override
    public String name() {
        return "phased-decree";
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
    public void describe(SystemModel.Builder<PhasedDecree> model, List<Object> parameterValues) {
        int proposers = Settings.within(1, 10, "proposers", parameterValues.get(0));
        SingleDecreeScenario.describe(model, PhasedDecree.ACCEPTORS, proposers);
    }
}
