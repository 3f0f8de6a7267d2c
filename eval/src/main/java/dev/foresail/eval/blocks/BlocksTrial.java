package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.hindsight.Hindsight;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.eval.hindsight.HindsightSettings;
import dev.foresail.network.topology.QueuedTopology;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.decision.ResidualRecorder;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.LinkProbes;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** One run of a form in the simulator. The same seed and number of nodes give every form the same links and peers. Used once; not thread-safe. */
final class BlocksTrial<S extends BlockState> {
    /** Of 6 Mbps. */
    static final double ACCESS_BYTES_PER_SECOND = 6e6 / 8;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PROBES = Duration.ofSeconds(2);
    /** Answers wait behind blocks, and what peers do takes seconds: more often would only cost. */
    private static final Duration GATHER_INTERVAL = Duration.ofSeconds(2);

    private static final Duration EXPORT_INTERVAL = Duration.ofMillis(250);
    /** Within the horizon nothing comes from further away than from peers. */
    private static final int HOPS = 1;

    private static final int FUTURES = 2;

    private final BlocksForm<S> form;
    private final String setting;
    private final long seed;
    private final Simulation<S> simulation;
    private final Optional<Hindsight<S>> hindsight;
    private final List<Decision> decisions = new ArrayList<>();
    private final Optional<LinkProbes<S>> probes;
    private long messages;
    private long controlMessages;

    /**
     * @param halves whether bandwidths change
     * @param judged how many predicted decisions are judged in hindsight at most
     */
    BlocksTrial(BlocksForm<S> form, int nodes, long seed, boolean halves, int judged) {
        this.form = form;
        this.setting = halves ? "dynamic" : "static";
        this.seed = seed;
        SimulationSettings<S> settings = new SimulationSettings<>(
                form.machine(),
                form.parameters(),
                LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList(),
                new QueuedTopology(
                        new MeshLinks(nodes, seed, halves), ACCESS_BYTES_PER_SECOND, ACCESS_BYTES_PER_SECOND),
                seed,
                seed,
                nodeSettings(),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(settings, ResolverFactory.of(form.resolver(), form.machine()));
        boolean looksAhead = form.resolver().kind() == ResolverSettings.Kind.PREDICTED;
        this.probes = looksAhead ? Optional.of(LinkProbes.between(simulation, PROBES)) : Optional.empty();
        this.hindsight = looksAhead && judged > 0 ? Optional.of(follow(settings, judged)) : Optional.empty();
        if (hindsight.isEmpty()) {
            simulation.onDecision(decisions::add);
        }
        simulation.onSent((from, to, envelope) -> {
            messages += envelope instanceof Envelope.Payload ? 1 : 0;
            controlMessages += envelope instanceof Envelope.Payload ? 0 : 1;
            return () -> {};
        });
    }

    private static NodeSettings nodeSettings() {
        return NodeSettings.DEFAULT.withMinimumGatherInterval(GATHER_INTERVAL).withExportInterval(EXPORT_INTERVAL);
    }

    private Hindsight<S> follow(SimulationSettings<S> settings, int judged) {
        // Each node asks for every block, of which there are half as many as can be; what is judged is spread over the
        // run.
        double all = (double) settings.nodes().size() * Bitmap.MOST_BLOCKS;
        HindsightSettings how =
                new HindsightSettings(decision -> true, Math.min(1, 2 * judged / all), judged, HOPS, FUTURES);
        return Hindsight.of(simulation, settings, BlocksForm.objective(), how);
    }

    /** The simulation itself, for tests. */
    Simulation<S> simulation() {
        return simulation;
    }

    /** The nodes start, and the first has the file. */
    void begin(int rings) {
        BlocksScenario scenario = new BlocksScenario();
        scenario.play(
                simulation, ParameterValues.read(scenario.parameters(), Map.of("rings", Integer.toString(rings))));
    }

    /** Collects how right the predictions of the run are, besides. */
    BlocksTrial<S> telling(PastResiduals.Collector residuals) {
        ResidualRecorder.follow(simulation, form.machine(), BlocksForm.objective(), decision -> true, residuals);
        return this;
    }

    /** Plays until every node has the file. */
    BlocksRun play(int rings) {
        begin(rings);
        simulation.runUntil(PATIENCE);
        List<Decision> taken = hindsight.map(Hindsight::decisions).orElse(decisions);
        return new BlocksRun(
                seed,
                setting,
                form.name(),
                simulation.records().getOrDefault("medianSeconds", Double.NaN),
                simulation.records().getOrDefault("lastSeconds", Double.NaN),
                messages,
                controlMessages + probes.map(LinkProbes::sent).orElse(0L),
                simulation.decisions(),
                taken.stream().filter(decision -> !decision.waited()).count(),
                simulation.failures().size(),
                hindsight.map(Hindsight::judge).orElse(new HindsightFigures(List.of())));
    }
}
