package dev.foresail.eval.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cli.Experiment.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Made-up counts. */
final class RandTreeComplexityTest {
    private static SourceFigures source(String name, CodeCounts whole, CodeCounts choice) {
        return new SourceFigures(name, 100, whole, choice, 10, 5, 0);
    }

    private static List<Boolean> holds(SourceFigures exposed) {
        ComplexityReport measured = new ComplexityReport(List.of(
                exposed,
                source("BaselineRandTree.java", new CodeCounts(100, 40), new CodeCounts(10, 5)),
                source("AdaptiveRandTree.java", new CodeCounts(150, 60), new CodeCounts(60, 20))));
        return RandTreeComplexity.report(measured, "again").bars().stream()
                .map(Bar::holds)
                .toList();
    }

    @Test
    void halfOfTheChoiceCodeAndLessThanTheBaselineIsEnough() {
        assertEquals(
                List.of(true, true, true, true),
                holds(source("RandTree.java", new CodeCounts(99, 39), new CodeCounts(30, 10))));
    }

    @Test
    void everyFigureCanMissItsBar() {
        assertEquals(
                List.of(false, true, true, false),
                holds(source("RandTree.java", new CodeCounts(99, 40), new CodeCounts(31, 10))));
        assertEquals(
                List.of(true, false, false, true),
                holds(source("RandTree.java", new CodeCounts(100, 39), new CodeCounts(30, 11))));
    }
}
