package dev.foresail.eval.tiers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** One run in the simulator. The same seed gives every form the same servers with the same jobs. */
final class TiersTrial<S extends TiersNode> {
    private static final int FRONT_ENDS = 4;
    private static final int BROKERS = 4;
    private static final int SERVERS = 24;
    private static final int NODES = FRONT_ENDS + BROKERS + SERVERS;
    private static final long LINK_NANOS = 2_000_000L;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private final Simulation<S> simulation;
    private final List<TiersRun.Foreseen> foreseen = new ArrayList<>();
    private long requests;
    private long late;
    private double waitedMillis;

    private TiersTrial(TiersForm<S> form, long seed) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                form.machine(),
                form.parameters(),
                LongStream.rangeClosed(1, NODES).mapToObj(NodeId::of).toList(),
                new UniformTopology(NODES, LINK_NANOS),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(settings, ResolverFactory.of(form.resolver(), form.machine()));
        simulation.onDecision(this::decided);
    }

    static <S extends TiersNode> TiersRun run(TiersForm<S> form, long seed) {
        TiersTrial<S> trial = new TiersTrial<>(form, seed);
        TiersScenario scenario = new TiersScenario();
        scenario.play(
                trial.simulation,
                ParameterValues.read(
                        scenario.parameters(),
                        Map.of("frontEnds", Integer.toString(FRONT_ENDS), "brokers", Integer.toString(BROKERS))));
        trial.simulation.runUntil(LENGTH);
        return new TiersRun(
                seed,
                form.name(),
                trial.requests,
                trial.late,
                trial.waitedMillis,
                trial.foreseen,
                trial.simulation.decisions(),
                trial.simulation.failures().size());
    }

    /** By the horizon the request is answered or late. */
    private void decided(Decision decision) {
        simulation.at(
                simulation.now().plus(TiersForm.HORIZON),
                () -> simulation.state(decision.node()).ifPresent(state -> ended(decision, (TiersNode) state)));
    }

    private void ended(Decision decision, TiersNode state) {
        requests++;
        late += state.isLate ? 1 : 0;
        double waited = state.waitedNanos / 1e6;
        waitedMillis += waited;
        if (!decision.values().isEmpty()) {
            Decision.Value value = decision.values().get(decision.chosen());
            foreseen.add(new TiersRun.Foreseen(value.mean(), value.spread(), waited));
        }
    }
}
