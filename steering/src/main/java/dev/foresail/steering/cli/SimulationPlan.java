package dev.foresail.steering.cli;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.NodeRange;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Retelling;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.control.SimulatedSteering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code simulate} is to do, whatever the seed. Immutable, thread-safe.
 *
 * @param nodes how many, with the ids 1 to this
 * @param topologies the network of each seed
 * @param scenario what happens from outside
 * @param scenarioValues its settings
 * @param until when the run ends at the latest
 * @param goesOnAfterScenario whether it goes on until then when the scenario has come to its end
 * @param faults what goes wrong by chance
 * @param connectionSetup whether the first message over a new connection takes a round trip more
 * @param checkEvery after how many events the safety properties of the whole system are asked, at least 1
 */
record SimulationPlan<S>(
        Machine<S> machine,
        List<Object> parameters,
        int nodes,
        LongFunction<Topology> topologies,
        SimulationConfiguration configuration,
        Scenario scenario,
        List<Object> scenarioValues,
        Duration until,
        boolean goesOnAfterScenario,
        FaultPhase faults,
        boolean connectionSetup,
        long checkEvery) {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationPlan.class);

    SimulationPlan {
        parameters = List.copyOf(parameters);
        scenarioValues = List.copyOf(scenarioValues);
    }

    /**
     * A system at time zero, with the scenario scheduled.
     *
     * @param follower is handed the system before anything is scheduled
     * @throws ConfigurationException FS225 when the scenario refuses its settings or so many nodes
     */
    Simulation<S> start(long seed, Consumer<Simulation<S>> follower) {
        List<NodeId> ids = NodeRange.of(1, nodes);
        SimulationSettings<S> settings = new SimulationSettings<>(
                machine,
                parameters,
                ids,
                topologies.apply(seed),
                seed,
                seed,
                configuration.node(),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation = new Simulation<>(
                settings,
                ResolverFactory.of(configuration.resolver(), machine, LOG::warn),
                SimulatedSteering.of(machine, parameters, configuration.steering(), intervention -> {}));
        simulation.judgeSilencesBy(configuration.failureDetector().silences());
        if (goesOnAfterScenario) {
            simulation.goOnAfterScenario();
        }
        if (connectionSetup) {
            simulation.setUpConnections();
        }
        follower.accept(simulation);
        try {
            faults.play(simulation, scenario, scenarioValues, until);
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException(
                    "FS225", "the scenario " + scenario.name() + " refuses its settings: " + refused.getMessage());
        }
        return simulation;
    }

    /** Whether a violation can be told by playing its seed once more. */
    boolean canRetell(PropertyWatch.Violation violation) {
        return Retelling.canTell(violation, nodes);
    }

    /** What led to a violation, by playing the seed once more; empty when that run is another one, or was given up. */
    Optional<Retelling.Story> retell(long seed, PropertyWatch.Violation violation, BooleanSupplier stopped) {
        List<Retelling<S>> retelling = new ArrayList<>();
        start(seed, system -> retelling.add(new Retelling<>(system, violation.node(), violation.number())));
        return retelling.get(0).tell(stopped);
    }
}
