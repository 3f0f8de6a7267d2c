package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import java.time.Duration;
import java.util.List;

/**
 * A user's scenario: what happens to the system from outside. Found through {@link java.util.ServiceLoader}; needs a
 * public constructor without parameters and keeps no state between plays.
 */
public interface Scenario {
    /** The scenario's name; one named like a protocol is that protocol's default. */
    String name();

    /** The values that {@code --set key=value} may give. By default none. */
    default List<ParameterDescription> parameters() {
        return List.of();
    }

    /** How long it takes by default with so many nodes. */
    Duration duration(int nodes);

    /** Schedules what is to happen; called once, at time zero. */
    void play(Stage stage, List<Object> parameterValues);

    /**
     * A node was started again after a fault that did not come from this scenario: what the application does at a node's start is to be
     * done again, such as the call that lets it join. By default nothing.
     */
    default void restarted(Stage stage, NodeId node, List<Object> parameterValues) {}
}
