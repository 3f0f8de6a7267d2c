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
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** A node that is about to join refuses to be told again over whom: nothing has thrown. */
    private static final String REFUSED_CALL = "has no enabled handler for Call[";

    /** After the last deadline there is something to be judged yet. */
    private static final Duration JUDGING = Duration.ofMillis(500);

    private ChurnRun() {}

    static Machine<Stack> machine() {
        return StackMachine.of(List.of(new GroupLookupsMachine(), new BambooMachine()));
    }

    /**
     * How much is simulated.
     *
     * @param members nodes that there are at a time
     * @param lasting how long nodes die and are asked
     * @param deadline of an answer
     */
    record Size(int members, Duration joinWithin, Duration lasting, Duration deadline) {
        Size(int members, Duration joinWithin, Duration lasting) {
            this(members, joinWithin, lasting, DEADLINE);
        }

        /** How many nodes there are in all, of which the members are the first. */
        int nodes(double deathsPerSecond) {
            return members + LEAST_NEWCOMERS + (int) (NEWCOMERS * deathsPerSecond * lasting.toSeconds());
        }

        List<NodeId> ids(double deathsPerSecond) {
            return LongStream.rangeClosed(1, nodes(deathsPerSecond))
                    .mapToObj(NodeId::of)
                    .toList();
        }

        /** Until the last lookups are judged. */
        Duration whole() {
            return joinWithin.plus(lasting).plus(deadline).plus(JUDGING);
        }

        /** Of the scenario's parameters. */
        List<Object> values(ChurnScenario scenario, double deathsPerSecond) {
            Map<String, String> given = Map.of(
                    "members",
                    Integer.toString(members),
                    "deathsPerSecond",
                    Double.toString(deathsPerSecond),
                    "joinWithin",
                    joinWithin.toMillis() + "ms",
                    "lasting",
                    lasting.toMillis() + "ms",
                    "deadline",
                    deadline.toMillis() + "ms");
            return ParameterValues.read(scenario.parameters(), given);
        }
    }

    /**
     * What one run gave.
     *
     * @param figures those of {@link ChurnScenario}; {@code messagesSent} by all nodes in the whole run, also to themselves; {@code failedCalls} that were refused; of a simulation {@code messagesPerNodeSecond}, to others, while nodes died; of live nodes those
     *     of {@link LiveChurnRun}
     * @param failures handlers that threw
     * @param schedule who died and joined when, as {@link ScheduleDigest} has it
     */
    record Outcome(
            long seed, double deathsPerSecond, SortedMap<String, Double> figures, int failures, String schedule) {
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
        ScheduleDigest schedule = new ScheduleDigest();
        ChurnScenario scenario = new ChurnScenario.OverBamboo(ChurnScenario.NO_JUDGE, schedule);
        Machine<Stack> machine = machine();
        SimulationSettings<Stack> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), bamboo),
                size.ids(deathsPerSecond),
                topology,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Stack> simulation = new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine));
        AtomicLong sent = new AtomicLong();
        AtomicLong messages = new AtomicLong();
        simulation.onSent((from, to, envelope) -> {
            if (envelope instanceof Envelope.Payload) {
                sent.incrementAndGet();
                messages.addAndGet(from.equals(to) ? 0 : 1);
            }
            return () -> {};
        });
        scenario.play(simulation, size.values(scenario, deathsPerSecond));
        simulation.runUntil(size.joinWithin());
        long before = messages.get();
        Duration end = size.joinWithin().plus(size.lasting());
        simulation.runUntil(end);
        double nodeSeconds = (double) size.members() * size.lasting().toSeconds();
        SortedMap<String, Double> figures =
                new TreeMap<>(Map.of("messagesPerNodeSecond", (messages.get() - before) / nodeSeconds));
        simulation.runUntil(size.whole());
        figures.putAll(simulation.records());
        figures.put("messagesSent", sent.doubleValue());
        long refused = simulation.failures().stream()
                .filter(failure -> failure.contains(REFUSED_CALL))
                .count();
        figures.put("failedCalls", (double) refused);
        int threw = simulation.failures().size() - (int) refused;
        return new Outcome(seed, deathsPerSecond, figures, threw, schedule.toString());
    }
}
