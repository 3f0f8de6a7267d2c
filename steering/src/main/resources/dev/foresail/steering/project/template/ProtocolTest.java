package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class {{Class}}Test {
    private static final NodeId FRONT = NodeId.of(1);

    /** One node without any network: deliver messages, script the choices, look at what was sent. */
    @Test
    void theChosenWorkerGetsTheJob() {
        EmbeddedNode<{{Class}}> front = EmbeddedNode.of(new {{Class}}Machine(), FRONT);
        front.deliver(NodeId.of(2), new {{Class}}.Ready()).deliver(NodeId.of(3), new {{Class}}.Ready());
        front.choices(Choices.scripted(NodeId.of(3))).deliver(FRONT, new {{Class}}.Request(50));
        assertEquals(List.of(new Sent(NodeId.of(3), new {{Class}}.Job(50))), front.sent());
        assertEquals(
                List.of(NodeId.of(2), NodeId.of(3)), front.decisions().get(0).alternatives());
    }

    @Test
    void aRequestWaitsForTheFirstWorker() {
        EmbeddedNode<{{Class}}> front = EmbeddedNode.of(new {{Class}}Machine(), FRONT);
        front.deliver(FRONT, new {{Class}}.Request(50));
        assertEquals(List.of(), front.sent());
        front.deliver(NodeId.of(2), new {{Class}}.Ready());
        assertEquals(List.of(new Sent(NodeId.of(2), new {{Class}}.Job(50))), front.sent());
    }

    /** Many seeds of a larger system amid faults: its properties are asked all the while, and each seed is a test of its own. */
    @SimulationTest(
            protocol = {{Class}}.class,
            nodes = 31,
            seeds = 200,
            until = "5s",
            faults = "crash 20/min for 1s, cut 20/min for 1s")
    void noSeedBreaksAProperty(Simulation<{{Class}}> simulation) {
        assertTrue(simulation.events() > 50, "requests were handed out");
    }

    /** The whole system in virtual time: the same requests, with choices drawn at random and with choices predicted. */
    @Test
    void predictionSpreadsTheWorkBetterThanChance() {
        double random = meanLongestBacklog(ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
        double predicted = meanLongestBacklog(
                ResolverSettings.predicted(Objective.minimize("unevenness", Duration.ofMillis(500))));
        assertTrue(predicted < 0.9 * random, () -> predicted + " ms predicted, " + random + " ms at random");
    }

    private static double meanLongestBacklog(ResolverSettings resolver) {
        {{Class}}Machine machine = new {{Class}}Machine();
        List<NodeId> nodes = LongStream.rangeClosed(1, 6).mapToObj(NodeId::of).toList();
        Simulation<{{Class}}> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(Duration.ofMillis(100)),
                        nodes,
                        new UniformTopology(nodes.size(), Duration.ofMillis(20).toNanos()),
                        1,
                        1,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(resolver, machine));
        new {{Class}}Scenario().play(simulation, List.of(Duration.ofSeconds(1)));
        simulation.runUntil(Duration.ofMinutes(2));
        assertEquals(List.of(), simulation.failures());
        return simulation.records().get("longestBacklogMillisMean");
    }
}
