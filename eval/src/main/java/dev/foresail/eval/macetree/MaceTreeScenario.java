package dev.foresail.eval.macetree;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
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
                Settings.BUG,
                Settings.NODES,
                new ParameterDescription("failures", Integer.class, Optional.of("1")));
    }

    /**
     * {@code nodes} counts only from the initial world; {@code failures} is how often each kind of failure that the
     * snapshot allows may happen; {@code bug} is {@code none}, or some of {@code RT-1}, {@code RT-2} and {@code RT-3} with
     * commas between them.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or a number is out of range
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
        snapshot.describe(
                model,
                bugs((String) parameterValues.get(1)),
                Settings.atLeast(1, "nodes", parameterValues.get(2)),
                Settings.atLeast(0, "failures", parameterValues.get(3)));
    }

    private static String bugs(String bugs) {
        if (!bugs.equals(Settings.NO_BUG)) {
            for (String bug : bugs.split(",", -1)) {
                Settings.oneOf(List.of("RT-1", "RT-2", "RT-3"), "bug", bug);
            }
        }
        return bugs;
    }
}
