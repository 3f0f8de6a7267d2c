package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Chord}: node 0 begins the ring and the others join it, or all are in it already. */
public final class ChordScenario implements ExplorationScenario<Chord> {
    @Override
    public String name() {
        return "chord";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("bug", String.class, Optional.of("none")),
                new ParameterDescription("snapshot", String.class, Optional.of("initial")),
                new ParameterDescription("nodes", Integer.class, Optional.of("3")),
                new ParameterDescription("resets", Integer.class, Optional.of("1")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")));
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}.
     *
     * @throws IllegalArgumentException when there is no such snapshot
     */
    @Override
    public void describe(SystemModel.Builder<Chord> model, List<Object> parameterValues) {
        String snapshot = (String) parameterValues.get(1);
        int nodes = (Integer) parameterValues.get(2);
        for (int number = 0; number < nodes; number++) {
            model.node(NodeId.of(number), Map.of("bug", parameterValues.get(0)));
        }
        for (int number = 0; number < nodes; number++) {
            model.offer(NodeId.of(number), "join", NodeId.of(0));
        }
        model.failures(
                Failures.NONE.withSilentResets((Integer) parameterValues.get(3)).withCrashes((Integer)
                        parameterValues.get(4)));
        if (snapshot.equals("ring")) {
            ring(model, nodes);
        } else if (!snapshot.equals("initial")) {
            throw new IllegalArgumentException("the snapshots are initial and ring, not '" + snapshot + "'");
        }
    }

    private static void ring(SystemModel.Builder<Chord> model, int nodes) {
        model.initially(world -> {
            for (int number = 0; number < nodes; number++) {
                Chord node = model.create(NodeId.of(number));
                node.joined = true;
                node.predecessor = Optional.of(NodeId.of((number + nodes - 1) % nodes));
                for (int step = 1; step <= node.successorCount && step < nodes; step++) {
                    node.successors.add(NodeId.of((number + step) % nodes));
                }
                world.state(NodeId.of(number), node, "stabilise");
            }
        });
    }
}
