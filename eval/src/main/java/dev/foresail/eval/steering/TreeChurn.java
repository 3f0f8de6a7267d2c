package dev.foresail.eval.steering;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.macetree.MaceRandTreeMachine;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SimulatedSteering;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * 25 nodes of the Mace source's RandTree in the simulator, of which one leaves or joins a minute for 1.4 hours (the churn of
 * CrystalBall's evaluation, papers.md 1.8). Who leaves does so without a word; its peers notice within five minutes, or when
 * they speak to it, and half of those who leave are back at once. Once only; not thread-safe.
 */
final class TreeChurn {
    static final int NODES = 25;
    static final Duration LENGTH = Duration.ofMinutes(84);

    private static final Duration JOIN_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CHURN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);
    private static final Duration NOTICED_WITHIN = Duration.ofMinutes(5);
    private static final int FEWEST_UP = NODES / 2;
    private static final String MAX_CHILDREN = "5";

    private final MaceRandTreeMachine machine = new MaceRandTreeMachine();
    private final Simulation<MaceRandTree> simulation;
    private final List<PropertyDescription<MaceRandTree>> properties;
    private final SortedMap<NodeId, Set<String>> violated = new TreeMap<>();
    private final SortedMap<String, Long> inconsistencies = new TreeMap<>();
    private final SortedMap<NodeId, Duration> askedSince = new TreeMap<>();
    private final List<Double> joinSeconds = new ArrayList<>();
    private final SteeringTally tally = new SteeringTally();
    private boolean isLooped;
    private long loops;

    /** @param bug the bugs that are in, as the protocol's parameter says */
    TreeChurn(String bug, SteeringMode mode, long seed) {
        List<NodeId> ids = LongStream.rangeClosed(1, NODES).mapToObj(NodeId::of).toList();
        SimulationSettings<MaceRandTree> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), Map.of("bug", bug, "maxChildren", MAX_CHILDREN)),
                ids,
                SyntheticWideArea.generate(NODES, seed),
                seed,
                seed,
                NodeSettings.DEFAULT.withIsolateFailures(true),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), machine),
                SimulatedSteering.of(machine, settings.parameters(), SteeringSettings.of(mode), tally));
        this.properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .toList();
        simulation.onHandled((node, event) -> look(node));
    }

    /** What came of a run. */
    record Outcome(
            long events,
            SortedMap<String, Long> inconsistencies,
            long loops,
            List<Double> joinSeconds,
            List<Intervention> interventions,
            SortedMap<String, Long> counts,
            long failures) {
        long inconsistentStates() {
            return inconsistencies.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    Outcome play() {
        Duration time = Duration.ZERO;
        for (NodeId node : simulation.nodes()) {
            simulation.at(time, () -> {
                simulation.start(node);
                join(node);
            });
            time = time.plus(JOIN_INTERVAL);
        }
        for (Duration at = CHURN_INTERVAL; at.compareTo(LENGTH) < 0; at = at.plus(CHURN_INTERVAL)) {
            simulation.at(at, this::churn);
        }
        simulation.runUntil(LENGTH);
        return new Outcome(
                simulation.events(),
                inconsistencies,
                loops,
                joinSeconds,
                tally.interventions(),
                tally.counts(),
                simulation.failures().size());
    }

    private void churn() {
        List<NodeId> up = simulation.nodes().stream().filter(simulation::isUp).toList();
        List<NodeId> down = simulation.nodes().stream()
                .filter(node -> !simulation.isUp(node))
                .toList();
        boolean leaves =
                down.isEmpty() || up.size() > FEWEST_UP && simulation.random().nextBoolean();
        List<NodeId> candidates = leaves ? up : down;
        NodeId node = candidates.get(simulation.random().nextInt(candidates.size()));
        if (leaves) {
            forget(node);
            simulation.crash(node, Duration.ZERO, NOTICED_WITHIN);
        }
        // Some are back before anybody has missed them.
        if (!leaves || simulation.random().nextBoolean()) {
            forget(node);
            simulation.restart(node);
            join(node);
        }
    }

    private void forget(NodeId node) {
        violated.remove(node);
        askedSince.remove(node);
    }

    /** Joins with the nodes that are in the tree, or with whoever is up; a call that is refused is repeated. */
    private void join(NodeId node) {
        askedSince.put(node, simulation.now());
        List<NodeId> members =
                others(node).stream().filter(other -> !isInit(other)).toList();
        ask(node, members.isEmpty() ? others(node) : members);
    }

    private List<NodeId> others(NodeId node) {
        return simulation.nodes().stream()
                .filter(other -> !other.equals(node) && simulation.isUp(other))
                .toList();
    }

    private void ask(NodeId node, List<NodeId> known) {
        simulation.call(node, "joinOverlay", List.of(known.stream().limit(2).toList()));
        simulation.at(simulation.now().plus(RETRY_INTERVAL), () -> {
            if (simulation.isUp(node) && isInit(node)) {
                ask(node, others(node));
            }
        });
    }

    private MaceRandTree state(NodeId node) {
        return (MaceRandTree) simulation.state(node).orElseThrow();
    }

    private boolean isInit(NodeId node) {
        return state(node).isInit();
    }

    private void look(NodeId node) {
        MaceRandTree state = state(node);
        Set<String> now = new HashSet<>();
        for (PropertyDescription<MaceRandTree> property : properties) {
            if (property.atEachNode().isPresent()
                    && !property.atEachNode().get().test(state, node)) {
                now.add(property.name());
            }
        }
        Set<String> before = violated.getOrDefault(node, Set.of());
        now.stream().filter(name -> !before.contains(name)).forEach(name -> inconsistencies.merge(name, 1L, Long::sum));
        violated.put(node, now);
        lookForLoops();
        if (state.isJoined() && askedSince.containsKey(node)) {
            Duration took = simulation.now().minus(askedSince.remove(node));
            joinSeconds.add(took.toNanos() / 1e9);
        }
    }

    private void lookForLoops() {
        boolean looped = properties.stream()
                .filter(property -> property.atEachNode().isEmpty())
                .anyMatch(property -> !property.holds(simulation.view()));
        if (looped && !isLooped) {
            loops++;
        }
        isLooped = looped;
    }
}
