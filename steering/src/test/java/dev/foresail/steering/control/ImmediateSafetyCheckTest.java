package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.fixture.Granary;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.Mean;
import dev.foresail.steering.fixture.MeanMachine;
import dev.foresail.steering.live.Logged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two granaries with room for 10 each, in the simulator. */
final class ImmediateSafetyCheckTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final List<Intervention> interventions = new ArrayList<>();

    private Simulation<Granary> granaries(SteeringMode mode) {
        return simulation(new GranaryMachine(), mode);
    }

    private <S> Simulation<S> simulation(Machine<S> machine, SteeringMode mode) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                machine,
                List.of(),
                List.of(ONE, TWO),
                new UniformTopology(2, 10_000_000L),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation = new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine),
                (self, predictions) -> ImmediateSafetyCheck.of(machine, self, mode, interventions::add));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Granary at(Simulation<Granary> simulation, NodeId node) {
        return (Granary) simulation.state(node).orElseThrow();
    }

    private static void hand(Simulation<Granary> simulation, int grain) {
        simulation.call(ONE, "hand", List.of(TWO, grain));
        simulation.runUntil(simulation.now().plus(Duration.ofSeconds(1)));
    }

    @Test
    void aMessageThatWouldViolateAPropertyHasNoEffectAndItsConnectionBreaks() {
        Simulation<Granary> simulation = granaries(SteeringMode.STEER);
        hand(simulation, 8);
        hand(simulation, 3);
        assertEquals(8, at(simulation, TWO).stored());
        assertEquals(List.of(TWO), at(simulation, ONE).lost());
        assertEquals(List.of(ONE), at(simulation, TWO).lost());
        assertEquals(1, simulation.turnedAway());
        assertEquals("take", interventions.get(0).handler());
        assertEquals("isNotOverfull", interventions.get(0).property());
        assertTrue(interventions.get(0).steered());
        hand(simulation, 2);
        assertEquals(10, at(simulation, TWO).stored(), "what does no harm passes");
        assertEquals(1, interventions.size());
    }

    @Test
    void aCallThatWouldViolateAPropertyHasNoEffect() {
        Simulation<Granary> simulation = granaries(SteeringMode.STEER);
        simulation.call(ONE, "store", List.of(11));
        assertEquals(0, at(simulation, ONE).stored());
        assertEquals(1, simulation.turnedAway());
    }

    @Test
    void whoOnlyObservesSaysWhatItWouldHaveDone() {
        Simulation<Granary> simulation = granaries(SteeringMode.OBSERVE);
        simulation.call(ONE, "store", List.of(11));
        assertEquals(11, at(simulation, ONE).stored());
        assertEquals(0, simulation.turnedAway());
        assertEquals(1, interventions.size());
        assertFalse(interventions.get(0).steered());
        simulation.call(ONE, "store", List.of(1));
        assertEquals(1, interventions.size(), "it was violated already: that is not this event's doing");
    }

    @Test
    void withoutSteeringNothingIsTried() {
        Simulation<Granary> simulation = granaries(SteeringMode.OFF);
        simulation.call(ONE, "store", List.of(11));
        assertEquals(11, at(simulation, ONE).stored());
        assertEquals(List.of(), interventions);
    }

    @Test
    void aPropertyThatThrowsTellsNothingAndIsLoggedEverMoreRarely() {
        try (Logged logged = new Logged()) {
            Simulation<Mean> simulation = simulation(new MeanMachine(), SteeringMode.STEER);
            for (int round = 0; round < 100; round++) {
                simulation.call(ONE, "clear", List.of());
            }
            assertEquals(0, simulation.turnedAway());
            assertTrue(
                    logged.has("[FS269] n1: the property isLight fails: java.lang.ArithmeticException: / by zero"),
                    logged::toString);
            assertEquals(7, logged.count("the property isLight fails"), "at 1, 2, 4, and so on up to 64");
            simulation.call(ONE, "weigh", List.of(11));
            assertEquals(1, simulation.turnedAway(), "where it can be answered, it is heard");
        }
    }
}
