package dev.foresail.eval.complexity;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval randtree-complexity}: what the exposed choice costs its author, against the same protocol with its
 * choices hard-coded. No seeds, no run: sources are counted.
 */
public final class RandTreeComplexity implements Experiment {
    private static final String EXPOSED = "RandTree.java";
    private static final String BASELINE = "BaselineRandTree.java";
    private static final String ADAPTIVE = "AdaptiveRandTree.java";
    private static final double MOST_PERCENT = 50;

    @Override
    public String name() {
        return "randtree-complexity";
    }

    @Override
    public String summary() {
        return "statements and decision points of RandTree with its choice exposed and hard-coded";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.noneOf(Option.class);
    }

    @Override
    public Report run(Options options) {
        return report(RandTreeSources.measure(Path.of("")), options.command(this));
    }

    static Report report(ComplexityReport measured, String command) {
        return new Report(0, bars(measured), results(measured), List.of(command));
    }

    private static List<Bar> bars(ComplexityReport measured) {
        SourceFigures exposed = measured.of(EXPOSED);
        SourceFigures baseline = measured.of(BASELINE);
        SourceFigures adaptive = measured.of(ADAPTIVE);
        return new Bars()
                .atMost(
                        "choice code: statements, exposed of adaptive",
                        percent(exposed.choice().statements(), adaptive.choice().statements()),
                        "%",
                        MOST_PERCENT)
                .atMost(
                        "choice code: decision points, exposed of adaptive",
                        percent(
                                exposed.choice().decisionPoints(),
                                adaptive.choice().decisionPoints()),
                        "%",
                        MOST_PERCENT)
                .below(
                        "whole file: statements, exposed against baseline",
                        exposed.whole().statements(),
                        "statements",
                        baseline.whole().statements())
                .below(
                        "whole file: decision points, exposed against baseline",
                        exposed.whole().decisionPoints(),
                        "decision points",
                        baseline.whole().decisionPoints())
                .all();
    }

    /** NaN, which meets no bar, where there is nothing to compare with. */
    private static double percent(int part, int whole) {
        return whole == 0 ? Double.NaN : 100.0 * part / whole;
    }

    private static Map<String, Object> results(ComplexityReport measured) {
        Map<String, Object> results = new LinkedHashMap<>();
        measured.sources().forEach(source -> results.put(source.name(), result(source)));
        Map<String, Object> paper = new LinkedHashMap<>();
        paper.put(
                "source", "Simplifying Distributed System Development (HotOS'09): C++ with Mace, other counting rules");
        paper.put("linesBaseline", 487);
        paper.put("linesExposed", 280);
        paper.put("ifsPerHandlerBaseline", 1.94);
        paper.put("ifsPerHandlerExposed", 0.28);
        results.put("paper", paper);
        return results;
    }

    private static Map<String, Object> result(SourceFigures source) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("lines", source.lines());
        result.put("whole", source.whole());
        result.put("choice", source.choice());
        result.put("handlers", source.handlers());
        result.put("ifsInHandlers", source.ifsInHandlers());
        result.put("ifsPerHandler", source.ifsPerHandler());
        return result;
    }
}
