package dev.foresail.eval.livesimulation;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.randtree.RandTreeState;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveObserver;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import dev.foresail.steering.live.RealClock;
import java.util.List;

/** One tree, live or simulated, on the links of the seed's synthetic wide area and with the same order of joins. */
final class GrownTrees {
    private static final int PREDICTION_THREADS = 1;

    private GrownTrees() {}

    /** Real nodes over TCP on this machine, whose links emulate the wide area. Blocks for some seconds. */
    static <S> TreeGrowth.Growth live(Variant<S> variant, int nodes, long seed) {
        TreeGrowth growth = new TreeGrowth(RealClock::nanos);
        LiveStageSettings<S> settings = new LiveStageSettings<>(
                variant.machine(),
                variant.parameters(),
                SimulatedTrial.ids(nodes),
                SyntheticWideArea.generate(nodes, seed),
                seed,
                seed,
                variant.resolver(),
                NodeSettings.DEFAULT,
                PREDICTION_THREADS,
                SteeringMode.OFF);
        LiveObserver<S> observer = new LiveObserver<>() {
            @Override
            public void handled(NodeId node, S state) {
                growth.handled(node, (RandTreeState) state, RealClock.nanos());
            }
        };
        try (LiveStage<S> stage = new LiveStage<>(settings, configured -> configured, observer)) {
            stage.play(growth, List.of(), growth.duration(nodes));
        }
        return growth.outcome();
    }

    /** The same in virtual time. */
    static <S> TreeGrowth.Growth simulated(Variant<S> variant, int nodes, long seed) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                variant.machine(),
                variant.parameters(),
                SimulatedTrial.ids(nodes),
                SyntheticWideArea.generate(nodes, seed),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation =
                new Simulation<>(settings, ResolverFactory.of(variant.resolver(), variant.machine()));
        TreeGrowth growth = new TreeGrowth(() -> simulation.now().toNanos());
        simulation.onHandled((node, event) -> simulation
                .state(node)
                .ifPresent(state -> growth.handled(
                        node, (RandTreeState) state, simulation.now().toNanos())));
        growth.play(simulation, List.of());
        simulation.runUntil(growth.duration(nodes));
        return growth.outcome();
    }
}
