package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.Rabbits;
import dev.foresail.predictor.fixture.RabbitsMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A protocol that does not come to an end is stopped, and whoever wrote it is told where to look. */
class RunawayTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final Duration LONG = Duration.ofHours(1);

    private static Simulation<Rabbits> rabbits(boolean withRuntimes) {
        RabbitsMachine machine = new RabbitsMachine();
        Simulation<Rabbits> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(),
                        NodeRange.of(1, 4),
                        new EvenLinks(4, 20_000_000L, 0, 0),
                        1,
                        1,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine));
        simulation.limitTo(new SimulationLimits(2_000, 3_000));
        if (withRuntimes) {
            simulation.makeRuntimes();
        }
        return simulation;
    }

    private static Simulation<Rabbits> started(boolean withRuntimes) {
        Simulation<Rabbits> simulation = rabbits(withRuntimes);
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Runaway runaway(Simulation<Rabbits> simulation) {
        return assertThrows(RunawayException.class, () -> simulation.runUntil(LONG))
                .runaway();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSchedulesInThePastIsToldNodeTimerAndDelay(boolean withRuntimes) {
        Simulation<Rabbits> simulation = started(withRuntimes);
        simulation.call(ONE, "arm", List.of(Duration.ofMillis(-3)));
        simulation.call(TWO, "arm", List.of(Duration.ofDays(1_000_000)));
        assertEquals(2, simulation.failures().size(), simulation.failures()::toString);
        String past = simulation.failures().get(0);
        assertTrue(past.contains("[FS447] n1 arms the timer 'hop' with a delay of PT-0.003S"), past);
        String never = simulation.failures().get(1);
        assertTrue(never.contains("[FS447] n2 ") && never.contains("from 0 to 53375 days"), never);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoFloodsTheQueueIsStoppedAndNamed(boolean withRuntimes) {
        Simulation<Rabbits> simulation = started(withRuntimes);
        simulation.call(ONE, "breed", List.of(TWO));
        Runaway flood = runaway(simulation);
        assertEquals("FS448", flood.code());
        assertEquals("message Rabbit", flood.event());
        assertTrue(List.of("n1", "n2").contains(flood.node()), flood::text);
        assertTrue(flood.text().contains("more than 2,000; "), flood::text);
        assertTrue(simulation.events() > 1_000, () -> simulation.events() + " events");
        assertThrows(RunawayException.class, () -> simulation.runUntil(LONG));
        Simulation<Rabbits> again = started(withRuntimes);
        again.call(ONE, "breed", List.of(TWO));
        assertEquals(flood, runaway(again));
        assertEquals(simulation.digest(), again.digest());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoKeepsTimeFromGoingOnIsStoppedAndNamed(boolean withRuntimes) {
        Simulation<Rabbits> simulation = started(withRuntimes);
        simulation.call(TWO, "arm", List.of(Duration.ofSeconds(2)));
        Runaway standstill = runaway(simulation);
        assertEquals("FS450", standstill.code());
        assertEquals("n2", standstill.node());
        assertEquals("timer hop", standstill.event());
        assertEquals(2, standstill.seconds());
        assertTrue(
                standstill.text().contains("more than 3,000 events have happened at 2.000000000 s"), standstill::text);
    }

    @Test
    void aScenarioThatKeepsTimeFromGoingOnIsNamedToo() {
        Simulation<Rabbits> simulation = rabbits(true);
        simulation.at(Duration.ofSeconds(1), new Runnable() {
            @Override
            public void run() {
                simulation.at(Duration.ofSeconds(1), this);
            }
        });
        assertEquals("the scenario", runaway(simulation).node());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoTakesAllMemoryIsNamedWithTheLargestState(boolean withRuntimes) {
        Simulation<Rabbits> simulation = started(withRuntimes);
        simulation.at(Duration.ofSeconds(3), () -> simulation.call(TWO, "hoard", List.of()));
        RunawayException thrown = assertThrows(RunawayException.class, () -> simulation.runUntil(LONG));
        Runaway exhausted = simulation.runaway(thrown);
        assertEquals(Runaway.OUT_OF_MEMORY, exhausted.code());
        assertEquals("n2", exhausted.node());
        assertEquals("call hoard[]", exhausted.event());
        assertTrue(
                exhausted.text().startsWith("no memory is left at 3.000000 s, while this was handled: n2 call hoard"),
                exhausted::text);
        assertTrue(
                exhausted.text().endsWith("the largest state is that of n2, with 4 bytes as it would be stored"),
                exhausted::text);
        assertEquals(0, simulation.pending());
    }

    @Test
    void memoryThatEndsOutsideOfNodesIsTheScenarios() {
        Simulation<Rabbits> simulation = started(true);
        assertEquals(
                "the scenario",
                simulation.runaway(new OutOfMemoryError("no node did that")).node());
    }

    @Test
    void ofSeveralWorkersNoneCanSayWhoItIsSoOneDoesItAgain() {
        ExecutorService helpers = Executors.newCachedThreadPool();
        try {
            Simulation<Rabbits> simulation = rabbits(false);
            assertTrue(simulation.useWorkers(2, helpers).isEmpty());
            simulation.nodes().forEach(simulation::start);
            simulation.call(ONE, "breed", List.of(TWO));
            OneWorkerNeededException needed =
                    assertThrows(OneWorkerNeededException.class, () -> simulation.runUntil(LONG));
            assertEquals("a protocol that seems to run away", needed.why());
        } finally {
            helpers.shutdownNow();
        }
    }

    @Test
    void theUsualLimitsGrowWithTheSystem() {
        assertEquals(new SimulationLimits(10_000_000, 1_000_000), SimulationLimits.of(31));
        assertEquals(new SimulationLimits(1_000_000_000, 100_000_000), SimulationLimits.of(1_000_000));
        assertThrows(
                IllegalArgumentException.class, () -> SimulationLimits.of(1).withPendingEvents(0));
        assertThrows(
                IllegalArgumentException.class, () -> SimulationLimits.of(1).withEventsAtOneTime(0));
    }
}
