package dev.foresail.eval.benchmark;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.schedule.TreeSchedule;
import dev.foresail.randtree.trial.SimulatedTrial;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A node of a tree that has grown in the simulator. */
final class TreeFixture {
    private static final int NODES = 31;
    private static final long SEED = 1;
    private static final Duration UNTIL = Duration.ofSeconds(30);

    private TreeFixture() {}

    /** The root of a tree of 31 nodes: two children, no parent, peers. */
    static RandTree innerNode(RandTreeMachine machine) {
        TreeSchedule schedule = new TreeSchedule();
        SimulationSettings<RandTree> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), Map.of()),
                SimulatedTrial.ids(NODES),
                SyntheticWideArea.generate(NODES, SEED),
                SEED,
                SEED,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<RandTree> simulation = new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.ROUND_ROBIN), machine));
        List<Object> values = ParameterValues.read(schedule.parameters(), Map.of("failure", "none"));
        schedule.play(simulation, values);
        simulation.runUntil(UNTIL);
        return machine.stateType().cast(simulation.state(NodeId.of(1)).orElseThrow());
    }
}
