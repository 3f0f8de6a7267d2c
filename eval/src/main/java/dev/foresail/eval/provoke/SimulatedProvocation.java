package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SimulatedSteering;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import java.util.ArrayList;
import java.util.List;

/** Plays the scenario of a known bug in virtual time: the same seed gives the same outcome. Not thread-safe. */
public final class SimulatedProvocation<S> {
    private final Provocation<S> provocation;
    private final SafetyWatch<S> watch;
    private final List<Outcome.Timed> interventions = new ArrayList<>();
    private final Simulation<S> simulation;

    /** @param mended whether the bug is not in */
    public SimulatedProvocation(Provocation<S> provocation, int nodes, boolean mended, SteeringMode mode, long seed) {
        this.provocation = provocation;
        this.watch = new SafetyWatch<>(provocation.machine());
        SimulationSettings<S> settings = new SimulationSettings<>(
                provocation.machine(),
                provocation.values(mended),
                Provocation.ids(nodes),
                provocation.topologies().apply(nodes),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), provocation.machine()),
                SimulatedSteering.of(
                        provocation.machine(), settings.parameters(), SteeringSettings.of(mode), this::intervened));
        simulation.onHandled((node, event) -> look(node));
    }

    private void intervened(Intervention intervention) {
        interventions.add(new Outcome.Timed(intervention, simulation.nowNanos()));
    }

    private void look(NodeId node) {
        simulation
                .state(node)
                .ifPresent(state ->
                        watch.look(node, provocation.machine().stateType().cast(state), simulation.nowNanos()));
    }

    /** Once. */
    public Outcome play() {
        provocation.scenario().play(simulation, provocation.settings());
        simulation.runUntil(provocation.scenario().duration(simulation.nodes().size()));
        return new Outcome(
                watch.sightings(),
                interventions,
                simulation.records().getOrDefault(Steps.RESTORED, 0.0) > 0,
                simulation.failures());
    }
}
