package dev.foresail.eval.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseSizeTest {
    private static SourceFigures source(String name, int statements, int decisionPoints, int components) {
        return new SourceFigures(
                name, 100, new CodeCounts(statements, decisionPoints), CodeCounts.NONE, 10, 5, components);
    }

    @Test
    void statementsAndComponentsAreComparedTogether() {
        Experiment.Report report = PhaseSize.report(
                new ComplexityReport(
                        List.of(source("PhasedDecree.java", 40, 8, 6), source("SingleDecree.java", 41, 8, 6))),
                "again");
        assertEquals(List.of(46.0, 8.0), report.bars().stream().map(Bar::value).toList());
        assertEquals(
                List.of(true, false), report.bars().stream().map(Bar::holds).toList());
    }

    @Test
    void theCopiesInTheJarAreTheSources() {
        PhaseSize.FORMS
                .measure(Path.of(""))
                .sources()
                .forEach(source -> assertEquals(
                        source, SourceComplexity.measure(source.name(), PhaseSize.FORMS.copy(source.name()))));
    }
}
