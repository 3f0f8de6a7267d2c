package dev.foresail.eval.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.util.List;
import java.util.Map;
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
