package dev.foresail.steering.control;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.foresight.Outlook;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.simulate.SteeringFactory;
import java.util.List;

/** Steering for nodes in the simulator: what limits it are counts alone, so that a seed gives the same run everywhere. */
public final class SimulatedSteering {
    private SimulatedSteering() {}

    /** @param parameters the protocol's configuration values */
    public static <S> SteeringFactory<S> of(
            Machine<S> machine, List<Object> parameters, SteeringSettings settings, Intervention.Listener listener) {
        if (settings.mode() == SteeringMode.OFF) {
            return SteeringFactory.none();
        }
        Outlook<S> outlook = new Outlook<>(machine, parameters, settings.assumptions());
        return (self, predictions) -> Controller.of(
                new Controller.Parts<>(
                        outlook,
                        self,
                        predictions,
                        SearchResources.of(Runnable::run),
                        Experience.none(),
                        true,
                        listener),
                settings);
    }
}
