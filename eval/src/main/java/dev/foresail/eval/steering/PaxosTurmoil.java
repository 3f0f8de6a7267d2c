package dev.foresail.eval.steering;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.consensus.Paxos;
import dev.foresail.eval.consensus.PaxosMachine;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * {@link Paxos} on three nodes with wide-area links in the simulator, in {@link ConsensusTurmoil}, and what came of it. Keeps the
 * history of what was learnt outside of the protocol, so that what a node forgets is not forgotten. Once only; not thread-safe.
 */
final class PaxosTurmoil {
    static final int NODES = 3;
    /** A wide area's slowest round trips take half a second, and a round of the protocol takes two. */
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /** How long nodes have to agree once all can speak with all. */
    static final Duration AFTERWARDS = Duration.ofSeconds(60);

    /** The most that a round of looking ahead explores. */
    static final long WORLDS = 500;

    private final PaxosMachine machine = new PaxosMachine();
    private final ConsensusTurmoil turmoil;
    private final Topology topology;
    private final Simulation<Paxos> simulation;
    private final VectorClocks clocks;
    private final LearningHistory history = new LearningHistory();
    private final SortedMap<NodeId, Set<Integer>> learnt = new TreeMap<>();
    private final SteeringTally tally = new SteeringTally();

    /** @param bug the bug that is in, as the protocol's parameter says */
    PaxosTurmoil(String bug, ConsensusTurmoil turmoil, SteeringMode mode, long seed) {
        this.turmoil = turmoil;
        this.topology = SyntheticWideArea.generate(NODES, seed);
        List<NodeId> ids = LongStream.rangeClosed(1, NODES).mapToObj(NodeId::of).toList();
        SimulationSettings<Paxos> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), Map.of("bug", bug, "patience", PATIENCE.toSeconds() + "s")),
                ids,
                topology,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine),
                SimulatedSteering.of(machine, settings.parameters(), looking(mode), tally));
        this.clocks = new VectorClocks(ids);
        simulation.onHandled((node, event) -> {
            clocks.tick(node);
            look(node);
        });
        simulation.onSent((from, to, envelope) -> {
            // The sender's event is not over, but what it sends must not seem to be from before it.
            look(from);
            return clocks.send(from, to);
        });
    }

    /** As a node does by default, but for fewer worlds a round: the rounds of thousands of runs take a while. */
    private static SteeringSettings looking(SteeringMode mode) {
        SteeringSettings usual = SteeringSettings.of(mode);
        return usual.looking(WORLDS, usual.depth(), usual.interval());
    }

    /**
     * What came of a run.
     *
     * @param learners how many nodes had learnt a value at the end
     * @param turnedAway events that steering kept from having effect
     */
    record Outcome(
            int knowable,
            int unknowable,
            int learners,
            long events,
            long turnedAway,
            double virtualSeconds,
            double medianRoundTripMillis,
            List<Intervention> interventions,
            SortedMap<String, Long> lookingAhead,
            List<String> failures) {
        boolean isViolated() {
            return knowable + unknowable > 0;
        }

        boolean isDecided() {
            return learners > 0;
        }
    }

    Outcome play() {
        Duration end = turmoil.play(simulation).plus(AFTERWARDS);
        simulation.runUntil(end);
        return new Outcome(
                history.knowable(),
                history.unknowable(),
                learnt.size(),
                simulation.events(),
                simulation.turnedAway(),
                end.toNanos() / 1e9,
                medianRoundTripMillis(),
                tally.interventions(),
                tally.counts(),
                simulation.failures());
    }

    private double medianRoundTripMillis() {
        List<Double> roundTrips = new ArrayList<>();
        for (int one = 0; one < NODES; one++) {
            for (int other = one + 1; other < NODES; other++) {
                roundTrips.add(topology.roundTripNanos(one, other) / 1e6);
            }
        }
        return Distribution.of(roundTrips).percentile(0.5);
    }

    private void look(NodeId node) {
        simulation.state(node).map(Paxos.class::cast).ifPresent(state -> {
            for (int value : state.chosen()) {
                if (learnt.computeIfAbsent(node, unknown -> new TreeSet<>()).add(value)) {
                    history.learnt(value, clocks.tick(node));
                }
            }
        });
    }
}
