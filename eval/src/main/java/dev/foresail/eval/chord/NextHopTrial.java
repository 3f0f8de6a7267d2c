package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.routing.LookupsMachine;
import dev.foresail.eval.routing.RandomLookups;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Lookups over Chord in the simulator, with next hops by one form. The same seed gives every form the same nodes, keys and links. Used once; not thread-safe. */
final class NextHopTrial {
    private static final Duration GATHER_INTERVAL = Duration.ofMillis(500);

    /** Rings of hundreds need slower questions than the few nodes that the protocol's own values are for. */
    private static final Map<String, String> PARAMETERS =
            Map.of("successorCount", "8", "stabilisePeriod", "1s", "maintenancePeriod", "1s", "joinTimeout", "2s");

    private final NextHopForm form;
    private final long seed;
    private final int lookups;
    private final Simulation<Stack> simulation;
    private long messages;
    private long controlMessages;
    private long waitedNanos;
    private long rollOuts;

    /** @param lookups of each node */
    NextHopTrial(NextHopForm form, Topology topology, int lookups, long seed) {
        this.form = form;
        this.seed = seed;
        this.lookups = lookups;
        StackMachine machine =
                StackMachine.of(List.of(new LookupsMachine(), new ProximityMachine(), new ChordMachine()));
        SimulationSettings<Stack> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), PARAMETERS),
                LongStream.rangeClosed(1, topology.size()).mapToObj(NodeId::of).toList(),
                topology,
                seed,
                seed,
                NodeSettings.DEFAULT.withMinimumGatherInterval(GATHER_INTERVAL),
                form.predictionCost());
        this.simulation = new Simulation<>(settings, form.resolvers().apply(machine));
        simulation.onSent((from, to, envelope) -> {
            messages += envelope instanceof Envelope.Payload ? 1 : 0;
            controlMessages += envelope instanceof Envelope.Payload ? 0 : 1;
            return () -> {};
        });
        simulation.onDecision(decision -> {
            waitedNanos += decision.elapsedNanos();
            if (decision.source() == Decision.Source.PREDICTED) {
                rollOuts += decision.values().stream()
                        .mapToInt(Decision.Value::rollOuts)
                        .sum();
            }
        });
    }

    /**
     * What came of a run.
     *
     * @param form its name
     * @param latencyMillis from a question to its answer, in the mean
     * @param hops to the root, in the mean
     * @param answers how many questions were answered
     * @param unanswered how many were not, or never asked
     * @param waitedMillis what predictions took of a lookup, in the mean
     * @param rollOuts on which decisions rest, of all lookups
     * @param messages of the protocol, from the beginning on
     * @param controlMessages what the runtimes sent each other
     * @param failures handlers that threw
     */
    record Outcome(
            String form,
            long seed,
            double latencyMillis,
            double hops,
            long answers,
            long unanswered,
            double waitedMillis,
            long rollOuts,
            long messages,
            long controlMessages,
            DecisionCounts decisions,
            int failures) {}

    Outcome play() {
        RoutingScenario scenario = new RoutingScenario.OfLookupsOverProximityAndChord();
        scenario.play(
                simulation, ParameterValues.read(scenario.parameters(), Map.of("lookups", Integer.toString(lookups))));
        Duration asking = Duration.ofSeconds(5L * lookups);
        simulation.runUntil(scenario.duration(simulation.nodes().size()).plus(asking));
        PictureView<Stack> view = simulation.view();
        List<RandomLookups> above = view.nodes().stream()
                .map(id -> view.state(id).layer(RandomLookups.class))
                .toList();
        long answers = above.stream().mapToLong(RandomLookups::answers).sum();
        return new Outcome(
                form.name(),
                seed,
                RandomLookups.meanLatencyMillis(above),
                RandomLookups.meanHops(above),
                answers,
                (long) lookups * above.size() - answers,
                answers == 0 ? 0 : waitedNanos / 1e6 / answers,
                rollOuts,
                messages,
                controlMessages,
                simulation.decisions(),
                simulation.failures().size());
    }
}
