package dev.foresail.eval.complexity;

import dev.foresail.eval.consensus.PhasedDecree;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval phase-size}: what a protocol takes that is written in phases against the same one with handlers of messages: statements, declarations of fields and components of records, and decision points. No
 * seeds, no run: sources are counted, property included, which both forms have alike.
 */
public final class PhaseSize implements Experiment {
    private static final String BY_HAND = "SingleDecree.java";

    /** In phases what elsewhere is exposed. */
    static final Forms FORMS = new Forms("single-decree", "eval", PhasedDecree.class, List.of(BY_HAND), List.of());

    @Override
    public String name() {
        return "phase-size";
    }

    @Override
    public String summary() {
        return "statements, fields and decision points of a protocol in phases and with handlers of messages";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.noneOf(Option.class);
    }

    @Override
    public Report run(Options options) {
        return report(FORMS.measure(Path.of("")), options.command(this));
    }

    /** The arithmetic alone. */
    static Report report(ComplexityReport measured, String command) {
        SourceFigures inPhases = measured.of(FORMS.exposedFile());
        SourceFigures byHand = measured.of(BY_HAND);
        Bars bars = new Bars()
                .below(
                        FORMS.protocol() + ": statements and fields, in phases against by hand",
                        size(inPhases),
                        "statements",
                        size(byHand))
                .below(
                        FORMS.protocol() + ": decision points, in phases against by hand",
                        inPhases.whole().decisionPoints(),
                        "decision points",
                        byHand.whole().decisionPoints());
        return new Report(0, bars.all(), Map.of("sources", measured.sources()), List.of(command));
    }

    private static int size(SourceFigures source) {
        return source.whole().statements() + source.components();
    }
}
