package dev.foresail.eval.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment.Bar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Made-up counts, and the real sources. */
final class ComplexityTest {
    private static final Forms FORMS = Forms.ALL.get(1);

    private static SourceFigures source(String name, int statements, int decisionPoints) {
        return new SourceFigures(name, 100, new CodeCounts(statements, decisionPoints), CodeCounts.NONE, 10, 5, 0);
    }

    private static List<Boolean> holds(int statements, int decisionPoints) {
        ComplexityReport measured = new ComplexityReport(List.of(
                source("Epidemic.java", statements, decisionPoints),
                source("BarGossip.java", 20, 3),
                source("FlightPath.java", 40, 6)));
        return Complexity.report(Map.of(FORMS, measured), "again").bars().stream()
                .map(Bar::holds)
                .toList();
    }

    @Test
    void theExposedFormHasToBeSimplerThanEachOther() {
        assertEquals(List.of(true, true, true, true), holds(19, 2));
        assertEquals(List.of(false, true, true, true), holds(20, 2));
        assertEquals(List.of(true, false, true, true), holds(19, 3));
        assertEquals(List.of(false, false, false, true), holds(40, 5));
    }

    @Test
    void theCopiesInTheJarsAreTheSources() {
        for (Forms forms : Forms.ALL) {
            ComplexityReport measured = forms.measure(Path.of(""));
            measured.sources()
                    .forEach(source ->
                            assertEquals(source, SourceComplexity.measure(source.name(), forms.copy(source.name()))));
            assertTrue(measured.of(forms.exposedFile()).choice().statements() > 0);
        }
    }
}
