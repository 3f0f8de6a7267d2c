package dev.foresail.eval.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The experiment itself on five seeds that its default does not use. */
final class RandTreeDepthTest {
    private static final int SEEDS = 5;

    private static Experiment.Report report() throws Exception {
        return new RandTreeDepth()
                .run(new Experiment.Options(
                        Optional.of(SEEDS), 50_000, false, Optional.empty(), new Interruption(), hint -> {}));
    }

    private static Bar bar(Experiment.Report report, String beginning) {
        return report.bars().stream()
                .filter(bar -> bar.name().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void predictionMakesFlatTreesAndRandomChoicesDoNot() throws Exception {
        Experiment.Report report = report();
        assertEquals(100, bar(report, "half: predicted").value());
        assertTrue(bar(report, "harsh: predicted").holds(), report::toString);
        assertTrue(bar(report, "half: random").holds(), report::toString);
        assertTrue(bar(report, "predicted: decisions").holds(), report::toString);
        assertEquals(0, bar(report, "runs in which").value());
        assertEquals(0, bar(report, "handlers that threw").value());
        assertEquals(SEEDS, report.seeds());
        assertEquals(List.of("foresail eval randtree-depth --seeds 5 --seed-base 50000 --json"), report.commands());
        assertEquals(
                Set.of("half", "harsh", "interior", "interior-at-once"),
                report.results().keySet());
        Map<?, ?> half = (Map<?, ?>) report.results().get("half");
        assertEquals(
                Set.of("baseline", "round-robin", "least-delegated", "adaptive", "random", "predicted"), half.keySet());
    }
}
