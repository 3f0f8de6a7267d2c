package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.bamboo.BambooMachine;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** One simulated run of {@code group-lookups/bamboo}, as {@code foresail simulate} does it. */
final class ChurnRun {
    /** Of all newcomers that are expected, and some more. */
    private static final double NEWCOMERS = 1.2;

    private static final int LEAST_NEWCOMERS = 20;
    /** The last lookups are judged at their deadline. */
    private static final Duration JUDGING = Duration.ofSeconds(11);

    private ChurnRun() {}

    /**
     * How much is simulated.
     *
     * @param members nodes that there are at a time
     * @param lasting how long nodes die and are asked
     */
    record Size(int members, Duration joinWithin, Duration lasting) {
        /** How many nodes there are in all, of which the members are the first. */
        int nodes(double deathsPerSecond) {
            return members + LEAST_NEWCOMERS + (int) (NEWCOMERS * deathsPerSecond * lasting.toSeconds());
        }
    }

    /**
     * What one run gave.
     *
     * @param figures those of {@link ChurnScenario}, and {@code messagesPerNodeSecond}
     * @param failures handlers that threw
     */
    record Outcome(long seed, double deathsPerSecond, SortedMap<String, Double> figures, int failures) {
        double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    /**
     * Plays one.
     *
     * @param topology of at least {@link Size#nodes} endpoints
     * @param bamboo settings of the protocol
     */
    static Outcome play(Size size, double deathsPerSecond, Topology topology, Map<String, String> bamboo, long seed) {
        ChurnScenario scenario = new ChurnScenario.OverBamboo();
        Machine<Stack> machine = StackMachine.of(List.of(new GroupLookupsMachine(), new BambooMachine()));
        int nodes = size.nodes(deathsPerSecond);
        SimulationSettings<Stack> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), bamboo),
                LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList(),
                topology,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Stack> simulation = new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine));
        AtomicLong messages = new AtomicLong();
        simulation.onSent((from, to, envelope) -> {
            if (envelope instanceof Envelope.Payload && !from.equals(to)) {
                messages.incrementAndGet();
            }
            return () -> {};
        });
        Map<String, String> values = Map.of(
                "members",
                Integer.toString(size.members()),
                "deathsPerSecond",
                Double.toString(deathsPerSecond),
                "joinWithin",
                size.joinWithin().toSeconds() + "s",
                "lasting",
                size.lasting().toSeconds() + "s");
        scenario.play(simulation, ParameterValues.read(scenario.parameters(), values));
        simulation.runUntil(size.joinWithin());
        long before = messages.get();
        Duration end = size.joinWithin().plus(size.lasting());
        simulation.runUntil(end);
        double nodeSeconds = (double) size.members() * size.lasting().toSeconds();
        SortedMap<String, Double> figures =
                new TreeMap<>(Map.of("messagesPerNodeSecond", (messages.get() - before) / nodeSeconds));
        simulation.runUntil(end.plus(JUDGING));
        figures.putAll(simulation.records());
        return new Outcome(seed, deathsPerSecond, figures, simulation.failures().size());
    }
}
