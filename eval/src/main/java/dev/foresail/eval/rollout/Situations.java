package dev.foresail.eval.rollout;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.schedule.TreeSchedule;
import dev.foresail.randtree.trial.SimulatedTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Plays a tree's schedule in the simulator, on the links of a wide area, and keeps the choices that come up while every node is
 * running: the last joins of the beginning, and of those that rejoin after half of the tree has failed. Choices are predicted, so
 * that checkpoints are gathered as in a deployment. The application tells every node of two others, and each node asks one that it
 * knows every second whether it is in another tree. For one run; not thread-safe.
 */
final class Situations {
    private static final Map<String, String> PARAMETERS = Map.of("recoveryTimeout", "1s");

    private static final Duration HORIZON = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TOLD = 2;

    private final RandTreeMachine machine = new RandTreeMachine();
    private final List<Situation<RandTree>> found = new ArrayList<>();
    private final Simulation<RandTree> simulation;
    private final int nodes;
    private final RandomStream draws;
    private final Set<NodeId> told = new HashSet<>();

    private Situations(int nodes, long seed) {
        this.nodes = nodes;
        this.draws = RandomStream.of(seed, "told");
        this.simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        ParameterValues.read(machine.parameters(), PARAMETERS),
                        SimulatedTrial.ids(nodes),
                        SyntheticWideArea.generate(nodes, seed),
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                this::watched);
    }

    /** Those of a run; the same seed gives the same. */
    static List<Situation<RandTree>> of(int nodes, long seed) {
        Situations situations = new Situations(nodes, seed);
        TreeSchedule schedule = new TreeSchedule();
        schedule.play(situations.simulation, ParameterValues.read(schedule.parameters(), Map.of()));
        situations.tell();
        situations.simulation.runUntil(schedule.duration(nodes));
        return List.copyOf(situations.found);
    }

    /** Of others than the root, which is a relative of every node and not asked. */
    private void tell() {
        for (NodeId node : simulation.nodes()) {
            if (!simulation.isUp(node)) {
                told.remove(node);
            } else if (told.add(node)) {
                List<NodeId> others = new ArrayList<>();
                for (int index = 0; index < TOLD; index++) {
                    others.add(simulation.nodes().get(1 + draws.nextInt(nodes - 1)));
                }
                simulation.call(node, "joinOverlay", List.of(others));
            }
        }
        simulation.at(simulation.now().plus(POLL), this::tell);
    }

    private Resolver<RandTree> watched(
            NodeId self, LongSupplier clock, Resolvers.Surroundings surroundings, long seed) {
        ResolverSettings settings = ResolverSettings.predicted(Objective.minimize("meanDepth", HORIZON));
        Resolver<RandTree> decider = ResolverFactory.of(settings, machine).create(self, clock, surroundings, seed);
        return new Resolver<>() {
            @Override
            public Resolution resolve(ChoiceContext<RandTree> context) {
                note(context, surroundings.delays());
                return decider.resolve(context);
            }

            @Override
            public boolean looksAhead() {
                return decider.looksAhead();
            }

            @Override
            public int resolveNow(String choice, List<?> candidates) {
                return decider.resolveNow(choice, candidates);
            }
        };
    }

    private void note(ChoiceContext<RandTree> context, LinkDelays delays) {
        SystemSnapshot<RandTree> system = simulation.snapshot();
        if (system.nodes().size() < nodes) {
            return;
        }
        SortedMap<NodeId, Checkpoint<RandTree>> others = new TreeMap<>();
        SortedMap<NodeId, Long> ages = new TreeMap<>();
        system.nodes().forEach((node, known) -> {
            if (!node.equals(context.self())) {
                others.put(node, known.checkpoint());
                ages.put(node, 0L);
            }
        });
        Checkpoint<RandTree> own = context.snapshot().get().own();
        found.add(new Situation<>(
                new Snapshot<>(
                        own, others, ages, new TreeSet<>(), simulation.now().toNanos()),
                context.event(),
                context.alternatives(),
                delays));
    }
}
