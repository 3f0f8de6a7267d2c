package dev.foresail.eval.livesimulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Experiment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trees that grow live and simulated. */
final class LiveVsSimulationTest {
    private static void assertWhole(int nodes, TreeGrowth.Growth growth) {
        assertEquals(nodes - 1, growth.joinMillis().size());
        assertTrue(growth.joinMillis().stream().allMatch(millis -> millis > 0), growth::toString);
        assertEquals(nodes, growth.levels().size());
        assertEquals(1, growth.levels().stream().filter(level -> level == 1).count(), growth::toString);
        assertTrue(growth.levels().stream().allMatch(level -> level >= 1 && level <= nodes), growth::toString);
    }

    @Test
    void everyNodeOfATreeIsTimedAndHasALevel() {
        assertWhole(31, GrownTrees.simulated(Variant.random(), 31, 4));
        assertEquals(
                GrownTrees.simulated(Variant.random(), 31, 4).levels(),
                GrownTrees.simulated(Variant.random(), 31, 4).levels());
        assertWhole(4, GrownTrees.live(Variant.baseline(), 4, 4));
    }

    @Test
    void theBarsAreHowFarLiveMediansAreFromSimulatedOnes() {
        LiveVsSimulation.Sides near = new LiveVsSimulation.Sides();
        near.add(
                new TreeGrowth.Growth(List.of(105.0, 200.0), List.of(1.0, 2.0, 2.0)),
                new TreeGrowth.Growth(List.of(100.0, 300.0), List.of(1.0, 2.0, 2.0)));
        LiveVsSimulation.Sides apart = new LiveVsSimulation.Sides();
        apart.add(
                new TreeGrowth.Growth(List.of(80.0, Double.NaN), List.of(1.0, 2.0, Double.NaN)),
                new TreeGrowth.Growth(List.of(100.0, 300.0), List.of(1.0, 2.0, 3.0)));
        List<Experiment.Bar> bars =
                LiveVsSimulation.report(1, Map.of("near", near), "").bars();
        assertEquals(
                List.of(5.0, 0.0, 0.0), bars.stream().map(Experiment.Bar::value).toList());
        bars = LiveVsSimulation.report(1, Map.of("apart", apart), "").bars();
        assertEquals(
                List.of(20.0, 50.0, 1.0),
                bars.stream().map(Experiment.Bar::value).toList());
        assertTrue(bars.stream().noneMatch(Experiment.Bar::holds));
        bars = LiveVsSimulation.report(0, Map.of("nothing", new LiveVsSimulation.Sides()), "")
                .bars();
        assertTrue(bars.stream().noneMatch(Experiment.Bar::holds), "what was not measured holds nothing");
    }
}
