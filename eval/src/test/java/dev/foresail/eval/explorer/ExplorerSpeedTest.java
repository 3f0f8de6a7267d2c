package dev.foresail.eval.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the experiment reports; how fast this machine is does not matter. */
final class ExplorerSpeedTest {
    @Test
    void lightAndHeavyNodesHaveTheSameWorldsAndOnlyThePlainExplorerRunsAHandlerEachTime() throws Exception {
        Experiment.Report report = new ExplorerSpeed()
                .run(new Experiment.Options(
                        Optional.empty(), 0, true, Optional.empty(), new Interruption(), hint -> {}));
        assertEquals(
                List.of(
                        "light / heavy transitions per second, twophase rms=5",
                        "twophase rms=4 ballast=8 transitions per second: the explorer / our plain explorer that clones"
                                + " worlds (the reference implementation)",
                        "handler runs per transition, twophase rms=7"),
                report.bars().stream().map(Experiment.Bar::name).toList());
        assertTrue(report.bars().get(2).holds(), report::toString);
        report.bars().forEach(bar -> assertTrue(bar.value() > 0, bar::toString));
        assertEquals(Set.of("twoPhase", "others"), report.results().keySet());
        Map<?, ?> twoPhase = (Map<?, ?>) report.results().get("twoPhase");
        for (String name : List.of("twophase rms=5", "twophase rms=5 ballast=8")) {
            assertFigure(8_832, twoPhase, name, "worlds");
            assertFigure(58_145, twoPhase, name, "transitions");
        }
        for (String name : List.of("twophase rms=4", "twophase rms=4 ballast=8")) {
            for (String explorer : List.of("the explorer", TwoPhaseSpeed.PLAIN)) {
                assertFigure(1_568, twoPhase, name + ", " + explorer, "worlds");
                assertFigure(8_257, twoPhase, name + ", " + explorer, "transitions");
            }
            assertFigure(1, twoPhase, name + ", " + TwoPhaseSpeed.PLAIN, "handlerRunsPerTransition");
        }
        // The sizes that docs/measurements.md quotes.
        assertEquals(8, twoPhase.get("encodedStateBytesLight"));
        assertEquals(121, twoPhase.get("encodedStateBytesHeavy"));
        assertOthers((Map<?, ?>) report.results().get("others"));
    }

    private static void assertOthers(Map<?, ?> others) {
        Map<String, Integer> worlds = new LinkedHashMap<>();
        worlds.put("mace-randtree star-below to depth 6", 4_543);
        worlds.put("register-paxos clients=2", 16_668);
        worlds.put("paxos-sets ballots=1", 73);
        assertEquals(worlds.keySet(), others.keySet());
        worlds.forEach((name, count) -> {
            for (String workers : List.of("1 worker", "2 workers")) {
                assertFigure(count, (Map<?, ?>) others.get(name), workers, "worlds");
            }
        });
    }

    private static void assertFigure(double expected, Map<?, ?> results, String name, String figure) {
        assertEquals(expected, ((Map<?, ?>) results.get(name)).get(figure), name + " " + figure);
    }

    @Test
    void aCheckInAProcessOfItsOwnTellsWhatItTook() throws Exception {
        CheckProcess.Outcome outcome = CheckProcess.run(
                        List.of("twophase", "--set", "rms=3", "--workers", "1"), new Interruption())
                .orElseThrow();
        assertEquals(288, outcome.worlds());
        assertTrue(outcome.seconds() > 0);
    }
}
