package dev.foresail.eval.overcast;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.QueuedTopology;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.TransitStub;
import dev.foresail.network.topology.TransitStub.LinkKind;
import dev.foresail.network.topology.TransitStub.Range;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.LinkProbes;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** One run of a form in the simulator. The same seed and number of nodes give every form the same links. Used once; not thread-safe. */
final class OvercastTrial<S> {
    /** Of 3 Mbit/s. */
    private static final double ACCESS_BYTES_PER_SECOND = 3e6 / 8;

    /** Stub domains hang at narrow links, as in the published experiment (GT-ITM), but each at one of its own width. */
    private static final TransitStub NETWORK = new TransitStub(
            3,
            2,
            2,
            4,
            new LinkKind(Range.of(10), Range.of(45)),
            new LinkKind(Range.of(5), new Range(0.5, 2.5)),
            new LinkKind(Range.of(1), Range.of(100)),
            new LinkKind(Range.of(1), Range.of(100)));

    private static final Duration PROBES = Duration.ofSeconds(2);
    /** A node asks while it looks for a place only, and then wants to know how others are now. */
    private static final Duration GATHER_INTERVAL = Duration.ofMillis(500);

    private final String form;
    private final long seed;
    private final Simulation<S> simulation;
    private final Optional<LinkProbes<S>> probes;
    private long messages;
    private long controlMessages;

    /** @param seed of the links as well */
    OvercastTrial(OvercastForm<S> form, int nodes, long seed) {
        this.form = form.name();
        this.seed = seed;
        SimulationSettings<S> settings = new SimulationSettings<>(
                form.machine(),
                form.parameters(),
                LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList(),
                network(nodes, seed),
                seed,
                seed,
                NodeSettings.DEFAULT.withMinimumGatherInterval(GATHER_INTERVAL),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(settings, ResolverFactory.of(form.resolver(), form.machine()));
        boolean looksAhead = form.resolver().kind() == ResolverSettings.Kind.PREDICTED;
        this.probes = looksAhead ? Optional.of(LinkProbes.between(simulation, PROBES)) : Optional.empty();
        simulation.onSent((from, to, envelope) -> {
            messages += envelope instanceof Envelope.Payload ? 1 : 0;
            controlMessages += envelope instanceof Envelope.Payload ? 0 : 1;
            return () -> {};
        });
    }

    static Topology network(int nodes, long seed) {
        return new QueuedTopology(NETWORK.generate(nodes, seed), ACCESS_BYTES_PER_SECOND, ACCESS_BYTES_PER_SECOND);
    }

    /**
     * What came of a run.
     *
     * @param form its name
     * @param bytesPerSecond what a node that is not the source gets of the stream, in the mean
     * @param depth how many nodes are above one, in the mean
     * @param moves how often nodes have found a parent, the first ones included
     * @param messages of the protocol
     * @param controlMessages what the runtimes sent each other
     * @param failures handlers that threw
     */
    record Outcome(
            String form,
            long seed,
            double bytesPerSecond,
            double depth,
            long moves,
            long messages,
            long controlMessages,
            DecisionCounts decisions,
            int failures) {}

    /** Plays the scenario as it is. */
    Outcome play() {
        OvercastScenario scenario = new OvercastScenario();
        scenario.play(simulation, ParameterValues.read(scenario.parameters(), Map.of()));
        simulation.runUntil(scenario.duration(simulation.nodes().size()));
        List<OvercastNode> states = simulation.nodes().stream()
                .flatMap(id -> simulation.state(id).stream())
                .map(OvercastNode.class::cast)
                .toList();
        return new Outcome(
                form,
                seed,
                simulation.records().getOrDefault("meanBytesPerSecond", Double.NaN),
                states.stream()
                        .mapToInt(state -> state.ancestors.size())
                        .average()
                        .orElse(Double.NaN),
                states.stream().mapToLong(state -> state.changes).sum(),
                messages,
                controlMessages + probes.map(LinkProbes::sent).orElse(0L),
                simulation.decisions(),
                simulation.failures().size());
    }
}
