package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Chord}: node 0 begins the ring and the others join it, or all are in it already. */
public final class ChordScenario implements ExplorationScenario<Chord> {
    private static final List<String> BUGS =
            List.of(Settings.NO_BUG, "CH-1", "Chord2", "Chord8", "d5bc9fc", "66f159d", "e11bce2");

    @Override
    public String name() {
        return "chord";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                Settings.NODES,
                new ParameterDescription("resets", Integer.class, Optional.of("1")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")),
                new ParameterDescription("fingers", Boolean.class, Optional.of("true")),
                new ParameterDescription("known", String.class, Optional.of("any")),
                new ParameterDescription("breaks", Integer.class, Optional.of("1")));
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}, {@code bug} is {@code none} or one of those of {@link Chord}. Nodes are on the circle where their ids are. Without {@code fingers} they know the ring alone, and the predecessor
     * is not checked. Whom who joins knows is {@code any}, again and again, so that whoever has lost its state can come back as long as somebody is there; or {@code first}, once. Connections break {@code breaks} times.
     *
     * @throws IllegalArgumentException when there is no such snapshot or bug, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<Chord> model, List<Object> parameterValues) {
        String bug = Settings.oneOf(BUGS, "bug", parameterValues.get(0));
        String snapshot = Settings.oneOf(List.of("initial", "ring"), "snapshot", parameterValues.get(1));
        int nodes = Settings.atLeast(1, "nodes", parameterValues.get(2));
        int resets = Settings.atLeast(0, "resets", parameterValues.get(3));
        int crashes = Settings.atLeast(0, "crashes", parameterValues.get(4));
        boolean fingers = (Boolean) parameterValues.get(5);
        String known = Settings.oneOf(List.of("any", "first"), "known", parameterValues.get(6));
        int breaks = Settings.atLeast(0, "breaks", parameterValues.get(7));
        for (int number = 0; number < nodes; number++) {
            model.node(
                    NodeId.of(number),
                    Map.of("bug", bug, "hashed", "false", "maintenancePeriod", fingers ? "200ms" : "0s"));
        }
        if (known.equals("any")) {
            offerAny(model, nodes, snapshot.equals("initial"));
        } else {
            for (int number = 0; number < nodes; number++) {
                model.offer(NodeId.of(number), "join", NodeId.of(0));
            }
        }
        model.failures(
                Failures.NONE.withSilentResets(resets).withCrashes(crashes).withBreaks(breaks));
        if (snapshot.equals("ring")) {
            ring(model, nodes, fingers);
        }
    }

    /** @param begins whether the first node begins a ring, which it does once */
    private static void offerAny(SystemModel.Builder<Chord> model, int nodes, boolean begins) {
        if (begins) {
            model.offer(1, NodeId.of(0), "join", NodeId.of(0));
        }
        for (int number = 0; number < nodes; number++) {
            for (int other = 0; other < nodes; other++) {
                if (other != number) {
                    model.offer(NodeId.of(number), "join", NodeId.of(other));
                }
            }
        }
    }

    private static void ring(SystemModel.Builder<Chord> model, int nodes, boolean fingers) {
        model.initially(world -> {
            for (int number = 0; number < nodes; number++) {
                Chord node = model.create(NodeId.of(number));
                node.joined = true;
                node.predecessor = Optional.of(NodeId.of((number + nodes - 1) % nodes));
                for (int step = 1; step <= node.successorCount && step < nodes; step++) {
                    node.successors.add(NodeId.of((number + step) % nodes));
                }
                world.state(
                        NodeId.of(number),
                        node,
                        fingers ? new String[] {"stabilise", "maintain"} : new String[] {"stabilise"});
            }
        });
    }
}
