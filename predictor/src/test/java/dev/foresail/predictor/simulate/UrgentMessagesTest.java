package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.fixture.Ward;
import dev.foresail.predictor.fixture.WardMachine;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes, 20 ms apart, the first of which takes 10 ms for every event. */
class UrgentMessagesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final Simulation<Ward> simulation = started();

    private static Simulation<Ward> started() {
        SimulationSettings<Ward> settings = new SimulationSettings<>(
                new WardMachine(),
                List.of(),
                Simulations.ids(3),
                new EvenLinks(3, 20_000_000L, 0, 0),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Ward> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        simulation.nodes().forEach(simulation::start);
        simulation.serviceTime(ONE, Duration.ofMillis(10));
        return simulation;
    }

    private void say(NodeId from, String call, int number) {
        simulation.call(from, call, List.of(ONE, number));
    }

    private List<String> done() {
        simulation.runUntil(Duration.ofSeconds(10));
        return simulation.existing(ONE).state().done;
    }

    @Test
    void anUrgentMessageOvertakesWhatWaitsOfOthers() {
        say(TWO, "report", 1);
        say(TWO, "report", 2);
        say(TWO, "report", 3);
        say(THREE, "alarm", 1);
        say(THREE, "alarm", 2);
        assertEquals(List.of("report 1", "alarm 1", "alarm 2", "report 2", "report 3"), done());
    }

    @Test
    void overOneConnectionOrderIsKeptAndADatagramHasNone() {
        say(TWO, "report", 1);
        say(TWO, "report", 2);
        say(TWO, "alarm", 3);
        say(TWO, "report", 4);
        say(THREE, "report", 5);
        say(TWO, "flash", 6);
        assertEquals(List.of("report 1", "flash 6", "report 2", "alarm 3", "report 4", "report 5"), done());
    }

    @Test
    void aLongHandlerInPartsLetsUrgentMessagesInBetween() {
        simulation.call(ONE, "cleanUp", List.of(5));
        say(TWO, "report", 1);
        say(THREE, "alarm", 2);
        List<String> done = done();
        assertEquals(7, done.size());
        assertTrue(done.indexOf("alarm 2") <= 3 && done.indexOf("alarm 2") < done.indexOf("report 1"), done::toString);
        assertEquals("part", done.get(6), "the rest comes after those who waited");
    }
}
