package dev.foresail.eval.complexity;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * {@code foresail eval complexity}: of every protocol that comes with its choice exposed and hard-coded, what the exposed form costs its author against
 * each other. No seeds, no run: sources are counted.
 */
public final class Complexity implements Experiment {
    @Override
    public String name() {
        return "complexity";
    }

    @Override
    public String summary() {
        return "statements and decision points of every protocol that comes with its choice exposed and hard-coded";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.noneOf(Option.class);
    }

    @Override
    public Report run(Options options) {
        Map<Forms, ComplexityReport> measured = new LinkedHashMap<>();
        Forms.ALL.forEach(forms -> measured.put(forms, forms.measure(Path.of(""))));
        return report(measured, options.command(this));
    }

    /** The arithmetic alone. */
    static Report report(Map<Forms, ComplexityReport> measured, String command) {
        List<Bar> bars = new ArrayList<>();
        Map<String, Object> results = new LinkedHashMap<>();
        measured.forEach((forms, report) -> {
            for (String hardCoded : forms.hardCoded()) {
                bars.add(fewer(
                        forms,
                        report,
                        hardCoded,
                        "statements",
                        source -> source.whole().statements()));
                bars.add(fewer(
                        forms,
                        report,
                        hardCoded,
                        "decision points",
                        source -> source.whole().decisionPoints()));
            }
            results.put(forms.protocol(), report.sources());
        });
        return new Report(0, bars, results, List.of(command));
    }

    private static Bar fewer(
            Forms forms, ComplexityReport report, String hardCoded, String unit, ToIntFunction<SourceFigures> count) {
        return new Bars()
                .below(
                        forms.protocol() + ": " + unit + ", exposed against " + hardCoded,
                        count.applyAsInt(report.of(forms.exposedFile())),
                        unit,
                        count.applyAsInt(report.of(hardCoded)))
                .all()
                .get(0);
    }
}
