package dev.foresail.randtree.trial;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.randtree.schedule.TreeSchedule;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** One run of the schedule in the simulator. Pure functions of their arguments. */
public final class SimulatedTrial {
    private SimulatedTrial() {}

    /**
     * What came out of a run.
     *
     * @param records the schedule's figures; NaN where not everybody got connected
     * @param failures handlers that threw
     */
    public record Outcome(SortedMap<String, Double> records, DecisionCounts decisions, List<String> failures) {
        /** A figure; NaN when the schedule did not get so far. */
        public double figure(String name) {
            return records.getOrDefault(name, Double.NaN);
        }
    }

    /** The ids 1 to {@code nodes}. */
    public static List<NodeId> ids(int nodes) {
        return LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList();
    }

    /** Runs the schedule on the synthetic wide area of the seed. */
    public static <S> Outcome run(Variant<S> variant, int nodes, long seed, Map<String, String> schedule) {
        return run(variant, nodes, seed, schedule, SyntheticWideArea.generate(nodes, seed));
    }

    /** Runs the schedule; the same seed gives every variant the same links, order of joins and failures. */
    public static <S> Outcome run(
            Variant<S> variant, int nodes, long seed, Map<String, String> schedule, Topology topology) {
        return run(variant, nodes, seed, schedule, topology, decision -> {});
    }

    /** The same, where somebody is told of each decision. */
    public static <S> Outcome run(
            Variant<S> variant,
            int nodes,
            long seed,
            Map<String, String> schedule,
            Topology topology,
            Consumer<Decision> decisions) {
        TreeSchedule scenario = new TreeSchedule();
        SimulationSettings<S> settings = new SimulationSettings<>(
                variant.machine(),
                variant.parameters(),
                ids(nodes),
                topology,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation =
                new Simulation<>(settings, ResolverFactory.of(variant.resolver(), variant.machine()));
        simulation.onDecision(decisions);
        scenario.play(simulation, ParameterValues.read(scenario.parameters(), schedule));
        simulation.runUntil(scenario.duration(nodes));
        return new Outcome(simulation.records(), simulation.decisions(), simulation.failures());
    }
}
