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

/**
 * {@code foresail eval overlay-size}: what the overlays of Mace's table take here, in statements, declarations of fields and components of records, against Mace's semicolons: a field of a message takes
 * one there. No seeds, no run: sources are counted. One that is not there, or not whole, misses its bar.
 */
public final class OverlaySize implements Experiment {
    private static final double MOST_PERCENT = 70;

    @Override
    public String name() {
        return "overlay-size";
    }

    @Override
    public String summary() {
        return "statements and fields of the overlays that Mace was judged by, against its semicolons";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.noneOf(Option.class);
    }

    @Override
    public Report run(Options options) {
        Map<Overlay, List<SourceFigures>> measured = new LinkedHashMap<>();
        for (Overlay overlay : Overlay.ALL) {
            measured.put(
                    overlay,
                    overlay.sources()
                            .map(sources -> sources.measure(Path.of("")).sources())
                            .orElse(List.of()));
        }
        return report(measured, options.command(this));
    }

    /** The arithmetic alone; of an overlay without sources, or that lacks something, nothing is a number, and so meets no bar. */
    static Report report(Map<Overlay, List<SourceFigures>> measured, String command) {
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        measured.forEach((overlay, sources) -> {
            int statements = sources.stream()
                    .mapToInt(source -> source.whole().statements())
                    .sum();
            int components =
                    sources.stream().mapToInt(SourceFigures::components).sum();
            boolean isWhole = !sources.isEmpty() && overlay.lacks().isEmpty();
            double percent = isWhole ? 100.0 * (statements + components) / overlay.maceSemicolons() : Double.NaN;
            bars.atMost(overlay.name() + ": statements and fields, of Mace's semicolons", percent, "%", MOST_PERCENT);
            if (sources.isEmpty()) {
                missing.add(overlay.name());
            } else {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("statements", statements);
                result.put("components", components);
                overlay.lacks().ifPresent(lacks -> result.put("lacks", lacks));
                result.put("maceSemicolons", overlay.maceSemicolons());
                result.put("sources", sources);
                results.put(overlay.name(), result);
            }
        });
        results.put("missing", missing);
        return new Report(0, bars.all(), results, List.of(command));
    }
}
