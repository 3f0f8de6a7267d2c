package dev.foresail.predictor.model;

import dev.foresail.choice.machine.ParameterDescription;
import java.util.List;

/**
 * A user's scenario for the explorer: which nodes there are, what the network and the application may do, which failures
 * may happen. Found through {@link java.util.ServiceLoader}; needs a public constructor without parameters and keeps no
 * state.
 *
 * @param <S> the state of the protocol that it is for
 */
public interface ExplorationScenario<S> {
    /** The scenario's name; one named like a protocol is that protocol's default. */
    String name();

    /** The short name of the protocol that it is for. */
    default String protocol() {
        return name();
    }

    /** The values that {@code --set key=value} may give. */
    List<ParameterDescription> parameters();

    /**
     * Describes the system.
     *
     * @param parameterValues in the order of {@link #parameters}
     */
    void describe(SystemModel.Builder<S> model, List<Object> parameterValues);
}
