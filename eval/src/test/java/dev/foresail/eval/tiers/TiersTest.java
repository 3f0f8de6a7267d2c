package dev.foresail.eval.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sketch.Quantiles;
import dev.foresail.eval.tiers.TiersMessages.Answer;
import dev.foresail.eval.tiers.TiersMessages.Jobs;
import dev.foresail.eval.tiers.TiersMessages.Task;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TiersTest {
    private static final TiersMachine MACHINE = new TiersMachine();
    private static final NodeId CLIENT = NodeId.of(1);

    @Test
    void aServerAnswersWhenItHasDoneWhatWasThereBefore() {
        EmbeddedNode<Tiers> server = EmbeddedNode.of(MACHINE, NodeId.of(9));
        server.deliver(NodeId.of(5), new Task(CLIENT, 1)).deliver(NodeId.of(5), new Task(CLIENT, 2));
        assertEquals(
                20_000_000,
                server.state().queue.stream()
                        .mapToLong(TiersMessages.Work::nanos)
                        .sum());
        server.fire("work");
        assertEquals(List.of(new Sent(CLIENT, new Answer(1))), server.takeSent());
        server.fire("work");
        assertEquals(List.of(new Sent(CLIENT, new Answer(2))), server.takeSent());
    }

    /** What goes over the wire is read again as it was, and what is none is refused. */
    @Test
    void sketchesTravelWithinAggregates() {
        Jobs jobs = new Jobs(Quantiles.of(400_000_000).with(7), Quantiles.of(1));
        StateWriter out = new StateWriter();
        aggregate(MACHINE, "jobs").write(jobs, out);
        assertEquals(jobs, aggregate(MACHINE, "jobs").read(new StateReader(out.toByteArray())));
        out.reset();
        out.writeInt(1);
        assertThrows(
                RuntimeException.class, () -> aggregate(MACHINE, "backlog").read(new StateReader(out.toByteArray())));
    }

    private static final NodeId BROKER = NodeId.of(5);
    private static final NodeId SERVER = NodeId.of(9);
    private static final Jobs JOBS = new Jobs(Quantiles.of(30), Quantiles.of(20));

    /** What is known at the server and at its broker, and how old that is. */
    private record Told<V>(Map<NodeId, V> values, Map<NodeId, Long> agesNanos) implements Known<V> {
        /** Of the server itself, as its broker knew it when that was heard of last. */
        static <V> Told<V> byServer(V value, long ageNanos, long brokersAgeNanos) {
            return new Told<>(Map.of(SERVER, value), Map.of(SERVER, ageNanos, BROKER, brokersAgeNanos));
        }

        static <V> Told<V> byBroker(V value, long brokersAgeNanos) {
            return new Told<>(Map.of(BROKER, value), Map.of(BROKER, brokersAgeNanos));
        }

        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(values.keySet());
        }

        @Override
        public Optional<V> at(NodeId node) {
            return Optional.ofNullable(values.get(node));
        }

        @Override
        public long ageNanos(NodeId node) {
            return agesNanos.getOrDefault(node, Long.MAX_VALUE);
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            return values.getOrDefault(node, otherwise);
        }
    }

    /** @param drawn what each draw gives, where its bound allows */
    private static Tiers imagined(Told<Quantiles> backlog, Told<Jobs> jobs, int drawn) {
        Tiers state = EmbeddedNode.of(MACHINE, SERVER).state();
        Step<Tiers> node = new Step<>(
                MACHINE,
                SERVER,
                new Step.Inputs<>(
                        state, 0, List.of(), Map.of(), bound -> Math.min(drawn, bound - 1), (name, candidates) -> 0));
        state.server(BROKER, backlog, jobs, node);
        assertEquals(state.gapNanos > 0, node.timersSet().containsKey("job"));
        return state;
    }

    private static List<Long> work(Tiers server) {
        return server.queue.stream().map(TiersMessages.Work::nanos).toList();
    }

    @Test
    void aServerIsAsItHasToldItself() {
        Map<NodeId, Long> agesNanos = Map.of(SERVER, 0L, BROKER, 0L);
        Told<Quantiles> backlog = new Told<>(Map.of(SERVER, Quantiles.of(25), BROKER, Quantiles.of(7)), agesNanos);
        Tiers server = imagined(backlog, Told.byServer(JOBS, 0, 0), 999);
        assertEquals(30, server.jobNanos);
        assertEquals(20, server.gapNanos);
        assertEquals(List.of(25L), work(server));
    }

    @Test
    void aServerThatHasToldNothingIsAsOneOfItsBrokersWasWhenThatWasHeardOf() {
        Told<Jobs> jobs = Told.byBroker(JOBS, 3);
        assertEquals(List.of(4L), work(imagined(Told.byBroker(Quantiles.of(7), 3), jobs, 999)));
    }

    @Test
    void ofAServerOfWhichNobodyHasToldNothingIsMadeUp() {
        Told<Quantiles> backlog = new Told<>(Map.of(), Map.of());
        Tiers server = imagined(backlog, new Told<>(Map.of(), Map.of()), 999);
        assertEquals(0, server.jobNanos);
        assertEquals(List.of(), work(server));
    }

    @Test
    void aBacklogIsWorkedOffSinceItWasToldAndAJobMayHaveComeSinceTheBrokerWasHeardOf() {
        Told<Jobs> jobs = Told.byServer(JOBS, 18, 10);
        Told<Quantiles> backlog = Told.byServer(Quantiles.of(25), 18, 10);
        assertEquals(List.of(7L), work(imagined(backlog, jobs, 500)), "the broker is unheard of for half a gap");
        assertEquals(List.of(7L + 30), work(imagined(backlog, jobs, 499)), "it came 4 ns ago, behind the others");
    }

    @Test
    void whatHasComeToAnIdleServerIsWorkedOffSince() {
        Told<Jobs> jobs = Told.byServer(JOBS, 1_000_000, 10);
        Told<Quantiles> idle = Told.byServer(Quantiles.of(0), 1_000_000, 10);
        assertEquals(List.of(30L - 4), work(imagined(idle, jobs, 499)));
        assertEquals(
                List.of(), work(imagined(idle, jobs, 500)), "the broker would have been told of what came earlier");
    }

    @Test
    void noJobIsUnheardOfFromBeforeTheBacklogWasTold() {
        Told<Jobs> jobs = Told.byServer(JOBS, 5, 1_000);
        assertEquals(List.of(20L), work(imagined(Told.byServer(Quantiles.of(25), 5, 1_000), jobs, 250)));
        assertEquals(List.of(20L + 30), work(imagined(Told.byServer(Quantiles.of(25), 5, 1_000), jobs, 249)));
    }

    @Test
    void whoIsWronglyTakenForABrokerHandsNothingOn() {
        EmbeddedNode<Tiers> server = EmbeddedNode.of(MACHINE, SERVER);
        assertEquals(
                List.of(), server.deliver(CLIENT, new TiersMessages.Request(1)).takeSent());
    }

    @SuppressWarnings("unchecked")
    private static <S> AggregateDescription<S, Object> aggregate(Machine<S> machine, String name) {
        return (AggregateDescription<S, Object>) machine.aggregates().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Simulation<Tiers> simulation(int nodes) {
        return new Simulation<>(
                new SimulationSettings<>(
                        MACHINE,
                        ParameterValues.read(MACHINE.parameters(), Map.of()),
                        LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList(),
                        new UniformTopology(nodes, 2_000_000L),
                        7,
                        7,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), MACHINE));
    }

    @Test
    void theScenarioRefusesWhatCannotBePlayed() {
        TiersScenario scenario = new TiersScenario();
        List<Object> values = ParameterValues.read(scenario.parameters(), Map.of());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> scenario.play(simulation(11), values));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("[FS562]"), refused::getMessage);
        scenario.play(simulation(12), values);
    }
}
