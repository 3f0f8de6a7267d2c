package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Surroundings;
import dev.foresail.predictor.model.SystemModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Begins with a snapshot, for any protocol: the network, failures and calls are given by numbers, as with
 * {@link dev.foresail.predictor.model.DefaultScenario}, but no calls unless they are asked for.
 *
 * @param <S> the protocol's state
 */
public final class SnapshotScenario<S> implements ExplorationScenario<S> {
    public static final String NAME = "snapshot";

    private static final int CALLS = 0;

    private final Machine<S> machine;
    private final SystemSnapshot<S> snapshot;
    private final Surroundings<S> surroundings;

    public SnapshotScenario(Machine<S> machine, SystemSnapshot<S> snapshot) {
        this.machine = machine;
        this.snapshot = snapshot;
        this.surroundings = new Surroundings<>(machine, CALLS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String protocol() {
        return machine.protocol();
    }

    @Override
    public List<ParameterDescription> parameters() {
        return surroundings.parameters();
    }

    @Override
    public void describe(SystemModel.Builder<S> model, List<Object> parameterValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int index = 0; index < parameters().size(); index++) {
            values.put(parameters().get(index).name(), parameterValues.get(index));
        }
        SnapshotModel.describe(model, snapshot);
        List<NodeId> nodes = List.copyOf(snapshot.nodes().keySet());
        surroundings.describe(model, nodes, values);
    }
}
