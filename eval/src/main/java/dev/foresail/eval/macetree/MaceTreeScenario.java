package dev.foresail.eval.macetree;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@link MaceRandTree} from one of the {@link MaceSnapshot}s on, over connections that keep the order. */
public final class MaceTreeScenario implements ExplorationScenario<MaceRandTree> {
    @Override
    public String name() {
        return "mace-randtree";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("snapshot", String.class, Optional.of("star-below")),
                new ParameterDescription("bugs", String.class, Optional.of("RT-1,RT-2,RT-3")),
                new ParameterDescription("nodes", Integer.class, Optional.of("3")),
                new ParameterDescription("failures", Integer.class, Optional.of("1")));
    }

    /**
     * {@code nodes} counts only from the initial world; {@code failures} is how often each kind of failure that the
     * snapshot allows may happen.
     *
     * @throws IllegalArgumentException when no snapshot has the name
     */
    @Override
    public void describe(SystemModel.Builder<MaceRandTree> model, List<Object> parameterValues) {
        String name = (String) parameterValues.get(0);
        MaceSnapshot snapshot = MaceSnapshot.named(name)
                .orElseThrow(() -> new IllegalArgumentException("no snapshot is named '" + name + "'; there are "
                        + Arrays.stream(MaceSnapshot.values())
                                .map(MaceSnapshot::text)
                                .toList()));
        model.network(Network.ORDERED);
        snapshot.describe(model, (String) parameterValues.get(1), (Integer) parameterValues.get(2), (Integer)
                parameterValues.get(3));
    }
}
