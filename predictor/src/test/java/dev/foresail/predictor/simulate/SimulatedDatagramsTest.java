package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Postcards;
import dev.foresail.predictor.fixture.PostcardsMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.scenario.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes, 20 ms apart, and what they send each other outside of connections. */
class SimulatedDatagramsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private static Simulation<Postcards> pair(double jitter, double loss) {
        SimulationSettings<Postcards> settings = new SimulationSettings<>(
                new PostcardsMachine(),
                List.of(),
                Simulations.ids(2),
                new EvenLinks(2, 20_000_000L, jitter, loss),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Postcards> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Postcards state(Simulation<Postcards> simulation, NodeId node) {
        return simulation.existing(node).state();
    }

    private static void runUntil(Simulation<Postcards> simulation, long millis) {
        simulation.runUntil(Duration.ofMillis(millis));
    }

    @Test
    void aLostDatagramNeverComesAndHoldsUpNothing() {
        Simulation<Postcards> simulation = pair(0, 0.3);
        simulation.call(ONE, "writeCards", List.of(TWO, 1000));
        runUntil(simulation, 21);
        int came = state(simulation, TWO).cards.size();
        assertTrue(came > 650 && came < 750, () -> came + " of 1000 came");
        runUntil(simulation, 60_000);
        assertEquals(came, state(simulation, TWO).cards.size(), "nobody sends them again");
        assertTrue(simulation.existing(ONE).connections().isEmpty(), "no connection was opened");
        assertTrue(simulation.existing(TWO).runtime().channels().isEmpty(), "nothing was counted");
    }

    @Test
    void datagramsOvertakeEachOther() {
        Simulation<Postcards> simulation = pair(0.5, 0);
        simulation.call(ONE, "writeCards", List.of(TWO, 100));
        runUntil(simulation, 10_000);
        List<Integer> cards = state(simulation, TWO).cards;
        assertEquals(100, cards.size());
        assertFalse(cards.equals(cards.stream().sorted().toList()));
    }

    @Test
    void nobodyIsToldOfWhatIsLostInACutOrAtANodeThatIsDown() {
        Simulation<Postcards> simulation = pair(0, 0);
        simulation.crash(TWO, Duration.ZERO, Duration.ZERO);
        simulation.call(ONE, "writeCards", List.of(TWO, 3));
        runUntil(simulation, 60_000);
        simulation.restart(TWO);
        simulation.cut(ONE, TWO, Duration.ofSeconds(1), Duration.ofSeconds(1));
        simulation.call(ONE, "writeCards", List.of(TWO, 3));
        runUntil(simulation, 120_000);
        simulation.call(ONE, "writeCards", List.of(TWO, 1));
        runUntil(simulation, 121_000);
        assertEquals(List.of(7), state(simulation, TWO).cards);
        assertEquals(List.of(), state(simulation, ONE).broken);
    }

    @Test
    void faultsOfTheWayLoseRepeatAndDelayThem() {
        Simulation<Postcards> simulation = pair(0, 0);
        simulation.disturb(ONE, TWO, new LinkFault.Duplicating(1), Duration.ofSeconds(1));
        simulation.call(ONE, "writeCards", List.of(TWO, 2));
        runUntil(simulation, 2_000);
        assertEquals(
                List.of(1, 1, 2, 2),
                state(simulation, TWO).cards.stream().sorted().toList());
        simulation.disturb(ONE, TWO, new LinkFault.Loss(1), Duration.ofSeconds(1));
        simulation.call(ONE, "writeCards", List.of(TWO, 5));
        runUntil(simulation, 4_000);
        assertEquals(4, state(simulation, TWO).cards.size());
    }

    @Test
    void theSameSeedIsTheSameRun() {
        List<String> digests = IntStream.range(0, 2)
                .mapToObj(run -> {
                    Simulation<Postcards> simulation = pair(0.5, 0.2);
                    simulation.call(ONE, "writeCards", List.of(TWO, 100));
                    simulation.call(TWO, "write", List.of(ONE));
                    runUntil(simulation, 10_000);
                    return simulation.digest();
                })
                .toList();
        assertEquals(digests.get(0), digests.get(1));
    }

    @Test
    void aDatagramThatIsTooLongIsRefusedWhereItIsSent() {
        EmbeddedNode<Postcards> node = EmbeddedNode.of(Postcards.class, ONE);
        node.call("writeBulky", TWO, 59_000);
        assertEquals(1, node.takeSent().size());
        ProtocolException refused = assertThrows(ProtocolException.class, () -> node.call("writeBulky", TWO, 60_001));
        assertEquals("FS530", refused.code());
    }
}
