package dev.foresail.eval.decisions;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.RandTreeMessages.Join;
import dev.foresail.randtree.schedule.TreeSchedule;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The root of a tree of 31 nodes that has grown in the simulator, at the moment when the Join of a newcomer arrives: two
 * children, each of which has told how many nodes are on the levels below it. Not thread-safe.
 */
final class DelegateFixture {
    /** Ids that no node of the tree has. */
    private static final int NEWCOMERS = 64;

    private static final int NODES = 31;
    private static final int FANOUT = 2;
    private static final NodeId ROOT = NodeId.of(1);
    private static final long SEED = 1;
    private static final Duration UNTIL = Duration.ofSeconds(30);

    private final RandTreeMachine machine = new RandTreeMachine();
    private final RandTree root;
    private final SortedMap<NodeId, Channel> channels = new TreeMap<>();
    private final Snapshot<RandTree> snapshot;

    DelegateFixture() {
        Simulation<RandTree> grown = grown();
        root = state(grown, ROOT);
        SortedMap<NodeId, Checkpoint<RandTree>> children = new TreeMap<>();
        SortedMap<NodeId, Long> ages = new TreeMap<>();
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> own = new TreeMap<>();
        int size = NODES / FANOUT;
        for (NodeId child : root.children()) {
            Exported exported = new Exported(0, List.of(Histogram.ofBalancedTree(size--, FANOUT)), 0);
            Channel channel = new Channel();
            channel.exported(exported);
            channels.put(child, channel);
            own.put(child, new Checkpoint.ChannelCheckpoint(0, 0, List.of(), List.of(exported)));
            children.put(child, checkpoint(child, state(grown, child), new TreeMap<>()));
            ages.put(child, 0L);
        }
        snapshot = new Snapshot<>(checkpoint(ROOT, root, own), children, ages, new TreeSet<>(), 0);
    }

    private Simulation<RandTree> grown() {
        TreeSchedule schedule = new TreeSchedule();
        SimulationSettings<RandTree> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), Map.of()),
                SimulatedTrial.ids(NODES),
                SyntheticWideArea.generate(NODES, SEED),
                SEED,
                SEED,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<RandTree> simulation = new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.ROUND_ROBIN), machine));
        schedule.play(simulation, ParameterValues.read(schedule.parameters(), Map.of("failure", "none")));
        simulation.runUntil(UNTIL);
        return simulation;
    }

    private RandTree state(Simulation<RandTree> grown, NodeId node) {
        return machine.stateType().cast(grown.state(node).orElseThrow());
    }

    private static Checkpoint<RandTree> checkpoint(
            NodeId node, RandTree state, SortedMap<NodeId, Checkpoint.ChannelCheckpoint> channels) {
        return new Checkpoint<>(node, 1, state, new TreeMap<>(), List.of(), channels);
    }

    /**
     * The choices that the Joins of newcomers are: all in the same situation but for the newcomer's name. As if the author had
     * marked the choice as repeatable, so that each can be asked over and over and is still answered from what is known.
     */
    List<ChoiceContext<RandTree>> choices() {
        List<ChoiceContext<RandTree>> choices = new ArrayList<>();
        for (int index = 1; index <= NEWCOMERS; index++) {
            NodeId newcomer = NodeId.of(NODES + index);
            Event event = new Event.Delivery(newcomer, Join.of(newcomer, 1, FANOUT));
            List<Alternative> alternatives = machine.alternatives(root, event, new GuardNode(ROOT));
            ChoicePointDescription declared = EventRules.choice(machine, alternatives);
            choices.add(new ChoiceContext<>(
                    machine,
                    ROOT,
                    declared.name(),
                    new ChoicePointDescription(declared.name(), declared.fallback(), Duration.ZERO, true),
                    event,
                    alternatives,
                    root,
                    channels,
                    0,
                    false,
                    () -> snapshot,
                    () -> {}));
        }
        return choices;
    }

    /** A resolver that knows the values of what is chosen. */
    Resolver<RandTree> informed() {
        Resolvers.Surroundings surroundings =
                new Resolvers.Surroundings((from, to, random) -> 1_000_000, PredictionExecutor.AT_ONCE);
        Resolver<RandTree> resolver =
                Resolvers.create(ResolverSettings.predicted(Variant.meanDepth()), machine, surroundings, () -> 0, SEED);
        List<ChoiceContext<RandTree>> choices = choices();
        resolver.resolve(choices.get(0));
        for (ChoiceContext<RandTree> choice : choices) {
            if (!(resolver.resolve(choice) instanceof Resolution.Decided decided)
                    || decided.values().isEmpty()
                    || !children()
                            .contains(choice.alternatives()
                                    .get(decided.index())
                                    .bindings()
                                    .get(0))) {
                throw new IllegalStateException("not answered from what is known: " + choice.event());
            }
        }
        return resolver;
    }

    private Set<NodeId> children() {
        return channels.keySet();
    }
}
