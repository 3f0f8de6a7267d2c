package dev.foresail.eval.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the experiment reports; how fast this machine is does not matter. */
final class ExplorerSpeedTest {
    @Test
    void lightAndHeavyNodesHaveTheSameWorldsAndOnlyTheNaiveExplorerRunsAHandlerEachTime() throws Exception {
        Experiment.Report report = new ExplorerSpeed()
                .run(new Experiment.Options(
                        Optional.empty(), 0, true, Optional.empty(), new Interruption(), hint -> {}));
        assertEquals(
                List.of(
                        "light / heavy transitions per second, twophase rms=5",
                        "heavy / naive transitions per second, twophase-heavy rms=5 and naively twophase-heavy rms=3",
                        "handler runs per transition, twophase rms=7"),
                report.bars().stream().map(Experiment.Bar::name).toList());
        assertTrue(report.bars().get(2).holds(), report::toString);
        report.bars().forEach(bar -> assertTrue(bar.value() > 0, bar::toString));
        assertEquals(Set.of("twoPhase", "others"), report.results().keySet());
        Map<?, ?> twoPhase = (Map<?, ?>) report.results().get("twoPhase");
        for (String name : List.of("twophase rms=5", "twophase-heavy rms=5")) {
            assertFigure(8_832, twoPhase, name, "worlds");
            assertFigure(58_145, twoPhase, name, "transitions");
        }
        for (String name : List.of("naive twophase rms=3", "naive twophase-heavy rms=3")) {
            assertFigure(288, twoPhase, name, "worlds");
            assertFigure(1, twoPhase, name, "handlerRunsPerTransition");
        }
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
