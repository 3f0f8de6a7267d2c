package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Some replicas of a log, a few commands of their clients, crashes of one replica at a time and broken connections. Elections and hand-overs have no end of their own,
 * so both have a bound. One for each form.
 *
 * @param <S> the form's state
 */
public abstract class ReplicaExploration<S> implements ExplorationScenario<S> {
    private final String name;

    ReplicaExploration(String name) {
        this.name = name;
    }

    /** For {@link FixedLeader}. */
    public static final class OfFixedLeader extends ReplicaExploration<FixedLeader> {
        public OfFixedLeader() {
            super("paxos-fixed-leader");
        }
    }

    /** For {@link Mencius}. */
    public static final class OfMencius extends ReplicaExploration<Mencius> {
        public OfMencius() {
            super("paxos-mencius");
        }
    }

    /** For {@link ExposedProposer}. */
    public static final class OfExposedProposer extends ReplicaExploration<ExposedProposer> {
        public OfExposedProposer() {
            super("paxos-proposer");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.NODES,
                new ParameterDescription("commands", Integer.class, Optional.of("2")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")),
                new ParameterDescription("breaks", Integer.class, Optional.of("1")),
                new ParameterDescription("ballots", Integer.class, Optional.of("6")),
                new ParameterDescription("handOvers", Integer.class, Optional.of("1")));
    }

    /**
     * {@code commands} are asked for by the replicas in turn; {@code crashes} and {@code breaks} are how many there may be in all; no ballot is above
     * {@code ballots}, which is as many as elections at most; {@code handOvers} bounds those of the exposed form.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<S> model, List<Object> values) {
        int nodes = Settings.within(1, Replica.MOST_REPLICAS, "nodes", values.get(0));
        int commands = Settings.atLeast(0, "commands", values.get(1));
        int crashes = Settings.atLeast(0, "crashes", values.get(2));
        int breaks = Settings.atLeast(0, "breaks", values.get(3));
        int ballots = Settings.atLeast(0, "ballots", values.get(4));
        int handOvers = Settings.atLeast(0, "handOvers", values.get(5));
        for (int id = 1; id <= nodes; id++) {
            model.node(NodeId.of(id), Map.of("replicas", nodes));
        }
        for (int command = 0; command < commands; command++) {
            model.offer(1, NodeId.of(1 + command % nodes), "submit", (long) command);
        }
        model.network(Network.ORDERED)
                .failures(Failures.NONE
                        .withCrashes(crashes)
                        .withRestarts()
                        .withMostDown(1)
                        .withBreaks(breaks))
                .constraint(view -> most(view, ReplicaExploration::highestBallot) <= ballots)
                .constraint(view -> most(view, ReplicaExploration::handOvers) <= handOvers);
    }

    private static <S> long most(SystemView<S> view, ToLongFunction<Object> figure) {
        return view.nodes().stream()
                .mapToLong(id -> figure.applyAsLong(view.state(id)))
                .max()
                .orElse(0);
    }

    private static long highestBallot(Object state) {
        return ((Replica) state)
                .promises.values().stream()
                        .mapToLong(LogMessages.Promise::ballot)
                        .max()
                        .orElse(0);
    }

    private static long handOvers(Object state) {
        return state instanceof ExposedProposer exposed ? exposed.handOvers : 0;
    }
}
