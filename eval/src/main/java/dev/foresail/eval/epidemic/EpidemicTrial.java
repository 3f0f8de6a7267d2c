package dev.foresail.eval.epidemic;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.hindsight.Hindsight;
import dev.foresail.eval.hindsight.HindsightSettings;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.decision.ResidualRecorder;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * One run in the simulator. The same seed and number of nodes give every variant the same links, views and times of the
 * first rounds.
 */
final class EpidemicTrial<S extends EpidemicState> {
    /** Long enough for every node to have had a round, after which it has measured its links. */
    private static final Duration UPDATE_AT = Duration.ofMillis(2_500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final double SLOW_SHARE = 0.1;
    private static final double SLOW_FACTOR = 10;
    /**
     * A round of checkpoints does not wait for answers over slow links: an exchange over them would come too late anyway. Longer
     * than the round trips of 99 % of the other pairs.
     */
    private static final Duration GATHER_TIMEOUT = Duration.ofMillis(400);

    private static final int HOPS = 2;
    private static final int FUTURES = 2;
    private static final String SHARE_REACHED = "secondsToShare";

    private final EpidemicVariant<S> variant;
    private final long seed;
    private final Simulation<S> simulation;
    private final Hindsight<S> hindsight;
    private long messages;
    private long checkpointMessages;
    private long aggregateMessages;
    private long controlBefore;

    private EpidemicTrial(EpidemicVariant<S> variant, int nodes, long seed, int judged) {
        this.variant = variant;
        this.seed = seed;
        SimulationSettings<S> settings = new SimulationSettings<>(
                variant.machine(),
                variant.parameters(),
                LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList(),
                topology(nodes, seed),
                seed,
                seed,
                nodeSettings(),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(settings, ResolverFactory.of(variant.resolver(), variant.machine()));

        // Some five decisions of each node are judged or not.
        double share = Math.min(1, Math.max(1, judged) / (4.0 * nodes));
        HindsightSettings how = new HindsightSettings(EpidemicTrial::isAfterUpdate, share, judged, HOPS, FUTURES);
        this.hindsight = Hindsight.of(simulation, settings, EpidemicVariant.objective(), how);
        simulation.onSent((from, to, envelope) -> {
            count(envelope);
            return () -> {};
        });
    }

    /** Answers count at once, as most nodes have a peer over a slow link, which keeps rounds open. */
    static NodeSettings nodeSettings() {
        return NodeSettings.DEFAULT.withGatherTimeout(GATHER_TIMEOUT).withAnswersAtOnce(true);
    }

    /** The synthetic wide area with a tenth of the pairs ten times as slow. */
    static Topology topology(int nodes, long seed) {
        return new SlowLinks(SyntheticWideArea.generate(nodes, seed), SLOW_SHARE, SLOW_FACTOR, seed);
    }

    private void count(Envelope envelope) {
        if (simulation.records().containsKey(SHARE_REACHED)) {
            return;
        }
        boolean isBefore = simulation.now().compareTo(UPDATE_AT) < 0;
        if (envelope instanceof Envelope.Payload) {
            messages += isBefore ? 0 : 1;
        } else if (isBefore) {
            controlBefore++;
        } else if (envelope.isOfCheckpoints()) {
            checkpointMessages++;
        } else {
            aggregateMessages++;
        }
    }

    /**
     * Plays until 99 % of the nodes have the update, and a horizon longer for the sake of what is judged.
     *
     * @param judged how many decisions are judged at most
     */
    static <S extends EpidemicState> EpidemicRun run(
            EpidemicVariant<S> variant, int nodes, int rings, long seed, int judged) {
        EpidemicTrial<S> trial = new EpidemicTrial<>(variant, nodes, seed, judged);
        trial.play(rings);
        return trial.run();
    }

    /**
     * Plays a run of the exposed form to learn how right its predictions are once there is an update.
     *
     * @param seed that no other run has
     */
    static void learn(int nodes, int rings, long seed, PastResiduals.Collector residuals) {
        EpidemicVariant<Epidemic> variant = EpidemicVariant.predicted(PastResiduals.NONE);
        EpidemicTrial<Epidemic> trial = new EpidemicTrial<>(variant, nodes, seed, 0);
        ResidualRecorder.follow(
                trial.simulation,
                variant.machine(),
                EpidemicVariant.objective(),
                EpidemicTrial::isAfterUpdate,
                residuals);
        trial.play(rings);
    }

    private static boolean isAfterUpdate(Decision decision) {
        return decision.atNanos() >= UPDATE_AT.toNanos();
    }

    private void play(int rings) {
        EpidemicScenario scenario = new EpidemicScenario();
        scenario.play(
                simulation,
                ParameterValues.read(
                        scenario.parameters(),
                        Map.of(
                                "rings",
                                Integer.toString(rings),
                                "within",
                                EpidemicVariant.PERIOD.toMillis() + "ms",
                                "updateAt",
                                UPDATE_AT.toMillis() + "ms")));
        simulation.goOnAfterScenario();
        Duration now = Duration.ZERO;
        while (!simulation.records().containsKey(SHARE_REACHED) && now.compareTo(PATIENCE) < 0) {
            now = now.plus(STEP);
            simulation.runUntil(now);
        }
        simulation.runUntil(now.plus(EpidemicVariant.objective().horizon()));
    }

    private EpidemicRun run() {
        List<Decision> decisions = hindsight.decisions();
        return new EpidemicRun(
                seed,
                variant.name(),
                simulation.records().getOrDefault(SHARE_REACHED, Double.NaN),
                messages,
                checkpointMessages,
                aggregateMessages,
                controlBefore,
                simulation.decisions(),
                decisions.stream().filter(decision -> !decision.waited()).count(),
                simulation.failures().size(),
                hindsight.judge());
    }
}
