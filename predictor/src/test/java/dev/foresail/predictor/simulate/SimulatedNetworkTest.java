package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Chats;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes, 20 ms apart. */
class SimulatedNetworkTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private static Simulation<Chatter> pair(double loss) {
        SimulationSettings<Chatter> settings = new SimulationSettings<>(
                new ChatterMachine(),
                List.of(),
                Simulations.ids(2),
                new EvenLinks(2, 20_000_000L, 0, loss),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Chatter> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static void say(Simulation<Chatter> simulation, NodeId from, NodeId to) {
        simulation.call(from, "say", List.of(to));
    }

    private static void runUntil(Simulation<Chatter> simulation, long millis) {
        simulation.runUntil(Duration.ofMillis(millis));
    }

    private static long received(Simulation<Chatter> simulation, NodeId at, NodeId from) {
        return simulation.existing(at).runtime().channels().get(from).received();
    }

    @Test
    void aLostPacketComesLaterAndHoldsUpWhatIsBehindIt() {
        Simulation<Chatter> simulation = pair(0.5);
        for (int word = 0; word < 50; word++) {
            say(simulation, ONE, TWO);
        }
        runUntil(simulation, 100);
        boolean someAreMissing = !Chats.state(simulation, TWO).hasHeardFrom(ONE) || received(simulation, TWO, ONE) < 50;
        assertTrue(someAreMissing, "half of the packets are lost at first");
        runUntil(simulation, 20_000);
        assertEquals(50, received(simulation, TWO, ONE));
        assertFalse(Chats.state(simulation, TWO).hasHeardOutOfOrder());
    }

    @Test
    void whenOneEndBreaksAConnectionBothAreToldAndWhatIsUnderWayIsLost() {
        Simulation<Chatter> simulation = pair(0);
        say(simulation, ONE, TWO);
        say(simulation, TWO, ONE);
        runUntil(simulation, 100);
        say(simulation, ONE, TWO);
        say(simulation, TWO, ONE);
        runUntil(simulation, 110);
        simulation.existing(ONE).breakConnection(TWO);
        runUntil(simulation, 111);
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers());
        assertEquals(List.of(), Chats.state(simulation, TWO).brokenPeers(), "the news is under way");
        runUntil(simulation, 200);
        assertEquals(List.of(ONE), Chats.state(simulation, TWO).brokenPeers());
        assertFalse(simulation.existing(ONE).runtime().channels().containsKey(TWO), "nothing has come since");
        say(simulation, ONE, TWO);
        say(simulation, TWO, ONE);
        runUntil(simulation, 300);
        assertEquals(1, received(simulation, TWO, ONE), "counted anew on the new connection");
        assertEquals(1, received(simulation, ONE, TWO));
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers(), "and that has not broken");
    }

    @Test
    void whoSpeaksAtOnceOverANewConnectionIsHeardAfterTheBreak() {
        Simulation<Chatter> simulation = pair(0);
        say(simulation, TWO, ONE);
        runUntil(simulation, 100);
        simulation.existing(ONE).breakConnection(TWO);
        runUntil(simulation, 100);
        say(simulation, ONE, TWO);
        runUntil(simulation, 300);
        assertEquals(List.of(ONE), Chats.state(simulation, TWO).brokenPeers());
        assertEquals(1, received(simulation, TWO, ONE));
    }

    @Test
    void whoHearsFromANodeThatHasCrashedMeanwhileIsToldOfTheCrash() {
        Simulation<Chatter> simulation = pair(0);
        say(simulation, ONE, TWO);
        runUntil(simulation, 10);
        simulation.crash(ONE, Duration.ZERO);
        runUntil(simulation, 30);
        assertTrue(Chats.state(simulation, TWO).hasHeardFrom(ONE), "it was on its way");
        runUntil(simulation, 100);
        assertEquals(List.of(ONE), Chats.state(simulation, TWO).brokenPeers());
    }

    @Test
    void aSilentCrashIsNoticedAtOnceByWhoSpeaksToTheRestartedNode() {
        Simulation<Chatter> simulation = pair(0);
        say(simulation, ONE, TWO);
        runUntil(simulation, 100);
        simulation.crash(TWO, Duration.ofSeconds(30));
        runUntil(simulation, 200);
        simulation.restart(TWO);
        say(simulation, ONE, TWO);
        runUntil(simulation, 230);
        assertEquals(List.of(), Chats.state(simulation, ONE).brokenPeers());
        runUntil(simulation, 240);
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers(), "after a round trip");
        runUntil(simulation, 40_000);
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers(), "and once only");
    }

    @Test
    void aNodeThatHasCrashedIsNotToldOfPeersThatDoNotExist() {
        Simulation<Chatter> simulation = pair(0);
        NodeId nobody = NodeId.of(77);
        say(simulation, ONE, nobody);
        say(simulation, TWO, nobody);
        runUntil(simulation, 50);
        simulation.crash(ONE, Duration.ZERO);
        runUntil(simulation, 1_000);
        assertEquals(List.of(nobody), Chats.state(simulation, TWO).brokenPeers());
        assertEquals(List.of(), simulation.existing(ONE).runtime().state().brokenPeers(), "the dead hear nothing");
    }
}
