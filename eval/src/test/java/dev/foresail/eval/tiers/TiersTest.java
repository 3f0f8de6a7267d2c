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

    /** What is known at the broker. */
    private record Told<V>(Map<NodeId, V> values, long ageNanos) implements Known<V> {
        static <V> Told<V> byBroker(V value, long ageNanos) {
            return new Told<>(Map.of(BROKER, value), ageNanos);
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
            return values.containsKey(node) ? ageNanos : Long.MAX_VALUE;
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
    void aServerIsAsThoseOfItsBroker() {
        Tiers server = imagined(Told.byBroker(Quantiles.of(25), 0), Told.byBroker(JOBS, 0), 999);
        assertEquals(30, server.jobNanos);
        assertEquals(20, server.gapNanos);
        assertEquals(List.of(25L), work(server));
    }

    @Test
    void ofAServerOfWhichNobodyHasToldNothingIsMadeUp() {
        Tiers server = imagined(new Told<>(Map.of(), 0), new Told<>(Map.of(), 0), 999);
        assertEquals(0, server.jobNanos);
        assertEquals(List.of(), work(server));
    }

    @Test
    void aBacklogIsWorkedOffSinceItWasToldAndAJobMayHaveCome() {
        Told<Jobs> jobs = Told.byBroker(JOBS, 10);
        Told<Quantiles> backlog = Told.byBroker(Quantiles.of(25), 10);
        assertEquals(List.of(15L), work(imagined(backlog, jobs, 500)), "half a gap has gone by");
        assertEquals(List.of(15L + 30), work(imagined(backlog, jobs, 499)), "it came 4 ns ago, behind the others");
    }

    @Test
    void whatHasComeToAnIdleServerIsWorkedOffSince() {
        Told<Quantiles> idle = Told.byBroker(Quantiles.of(0), 10);
        assertEquals(List.of(30L - 4), work(imagined(idle, Told.byBroker(JOBS, 10), 499)));
    }

    @Test
    void whatWasToldLongAgoIsTrueStillButForWhatNobodyCanHaveHeardOf() {
        Told<Quantiles> idle = Told.byBroker(Quantiles.of(0), 10_000_000_000L);
        Jobs seldom = new Jobs(Quantiles.of(10_000_000), Quantiles.of(40_000_000));
        assertEquals(List.of(), work(imagined(idle, Told.byBroker(seldom, 0), 600)), "20 of 40 ms");
        assertEquals(1, work(imagined(idle, Told.byBroker(seldom, 0), 400)).size());
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
