package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Chats;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private static Simulation<Chatter> pair() {
        Simulation<Chatter> simulation = Simulations.of(
                new ChatterMachine(), List.of(), 2, 1, ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
        simulation.start(ONE);
        simulation.start(TWO);
        return simulation;
    }

    @Test
    void theSameSeedGivesTheSameTraceAndAnotherSeedAnother() {
        String first = Chats.run(20, 7, Duration.ofSeconds(5)).digest();
        assertEquals(first, Chats.run(20, 7, Duration.ofSeconds(5)).digest());
        assertNotEquals(first, Chats.run(20, 8, Duration.ofSeconds(5)).digest());
    }

    @Test
    void messagesOfAPairArriveInTheOrderTheyWereSent() {
        Simulation<Chatter> simulation = Chats.run(20, 3, Duration.ofSeconds(20));
        for (NodeId id : simulation.nodes()) {
            assertFalse(Chats.state(simulation, id).hasHeardOutOfOrder(), () -> id + " heard words out of order");
        }
        assertTrue(simulation.events() > 1_000, "they talked: " + simulation.events());
    }

    @Test
    void aMessageToACrashedNodeBreaksTheConnection() {
        Simulation<Chatter> simulation = pair();
        simulation.call(ONE, "say", List.of(TWO));
        simulation.runUntil(Duration.ofSeconds(1));
        simulation.crash(TWO, Duration.ZERO);
        simulation.runUntil(Duration.ofSeconds(2));
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers());
    }

    @Test
    void aSilentCrashIsNoticedNoEarlierThanSaid() {
        Simulation<Chatter> simulation = pair();
        simulation.call(ONE, "say", List.of(TWO));
        simulation.runUntil(Duration.ofSeconds(1));
        simulation.crash(TWO, Duration.ofSeconds(3));
        simulation.call(ONE, "say", List.of(TWO));
        simulation.runUntil(Duration.ofMillis(3_990));
        assertEquals(List.of(), Chats.state(simulation, ONE).brokenPeers());
        simulation.runUntil(Duration.ofMillis(4_100));
        assertEquals(List.of(TWO), Chats.state(simulation, ONE).brokenPeers());
    }

    @Test
    void theOldConnectionBreaksBeforeARestartedNodeIsHeard() {
        Simulation<Chatter> simulation = pair();
        simulation.call(TWO, "say", List.of(ONE));
        simulation.runUntil(Duration.ofSeconds(1));
        simulation.crash(TWO, Duration.ofSeconds(30));
        simulation.at(Duration.ofSeconds(2), () -> simulation.restart(TWO));
        simulation.at(Duration.ofSeconds(3), () -> simulation.call(TWO, "say", List.of(ONE)));
        simulation.runUntil(Duration.ofSeconds(4));
        Chatter one = Chats.state(simulation, ONE);
        assertEquals(List.of(TWO), one.brokenPeers());
        assertFalse(one.hasHeardOutOfOrder(), "word 1 of the new incarnation came after the old one was forgotten");
        assertTrue(one.hasHeardFrom(TWO));
    }

    @Test
    void aNodeThatThrowsEndsUnlessToldToIsolate() {
        Simulation<Chatter> simulation = pair();
        simulation.call(ONE, "say", List.of(NodeId.of(2)));
        simulation.at(Duration.ofSeconds(1), () -> simulation.call(ONE, "talkToNobody", List.of()));
        simulation.runUntil(Duration.ofSeconds(2));
        assertFalse(simulation.isUp(ONE));
        assertEquals(1, simulation.failures().size());
        assertTrue(simulation.isUp(TWO));
    }
}
