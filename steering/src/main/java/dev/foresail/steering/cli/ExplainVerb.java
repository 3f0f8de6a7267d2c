package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.DecisionFigures;
import dev.foresail.predictor.decision.DecisionFile;
import dev.foresail.predictor.decision.DecisionFileException;
import dev.foresail.predictor.decision.KeptDecision;
import dev.foresail.predictor.text.Nearest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code foresail explain}: reads back what was decided in a run, by whom, on what grounds, and what became of it. */
@Command(
        name = "explain",
        description = "why choices of a recorded run were made as they were, and what became of them")
public final class ExplainVerb implements Verb {
    private static final int MOST_SURPRISING = 5;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "a file that 'simulate --decisions' or 'run --decisions' has written")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DECISION",
            description = "such as n5.12, the 12th of node n5; without it all are summed up")
    private Optional<String> id = Optional.empty();

    @Override
    public Integer call() {
        Output output = common.output();
        DecisionFile.Contents contents = read(run);
        if (contents.cutShort() > 0) {
            output.hint("line " + contents.cutShort() + " of " + run
                    + " has no end: the run was still going on, or was ended by force; what stands before it is shown");
        }
        if (id.isPresent()) {
            KeptDecision decision = find(contents, id.get());
            DecisionText.lines(decision).forEach(output::prose);
            output.result(DecisionText.json(decision));
        } else {
            summarise(contents, output);
        }
        return ExitCode.DONE;
    }

    private static DecisionFile.Contents read(Path file) {
        if (!Files.exists(file)) {
            throw new DecisionFileException("FS474", "there is no file " + file + nearest(file));
        }
        // What is no UTF-8 becomes signs that say so, and is told as what it is: a damaged line.
        try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            return DecisionFile.read(in);
        } catch (DecisionFileException wrong) {
            throw new DecisionFileException(wrong.code(), file + ": " + wrong.problem());
        } catch (IOException unreadable) {
            throw new DecisionFileException("FS474", file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static String nearest(Path missing) {
        Path directory = missing.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            return Nearest.to(String.valueOf(missing.getFileName()), names)
                    .map(name -> "; did you mean '" + name + "'?")
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private KeptDecision find(DecisionFile.Contents contents, String wanted) {
        return contents.decisions().stream()
                .filter(decision -> decision.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> ids =
                            contents.decisions().stream().map(KeptDecision::id).toList();
                    String near = Nearest.to(wanted, ids)
                            .map(name -> "; did you mean '" + name + "'?")
                            .orElse("");
                    return new DecisionFileException(
                            "FS476",
                            "no decision of " + run + " is called '" + wanted + "'" + near + " (" + ids.size()
                                    + " decisions, such as "
                                    + String.join(", ", ids.subList(0, Math.min(3, ids.size()))) + ")");
                });
    }

    private static void summarise(DecisionFile.Contents contents, Output output) {
        DecisionFile.Header header = contents.header();
        output.prose("protocol " + header.protocol() + ", by " + header.run());
        Map<String, DecisionFigures> figures = DecisionFigures.byChoice(contents.decisions());
        Table who = new Table(
                "choice",
                "decisions",
                "predicted",
                "pre-resolved",
                "cached",
                "precomputed",
                "policy",
                "provisional",
                "p99 ms");
        Table how =
                new Table("choice", "judged", "in 80 % intervals (%)", "mean error", "mean distance from prediction");
        figures.forEach((choice, some) -> {
            Map<KeptDecision.By, Integer> counts = some.counts();
            who.row(
                    choice,
                    some.count(),
                    counts.getOrDefault(KeptDecision.By.PREDICTED, 0),
                    counts.getOrDefault(KeptDecision.By.PRE_RESOLVED, 0),
                    counts.getOrDefault(KeptDecision.By.CACHED, 0),
                    counts.getOrDefault(KeptDecision.By.PRECOMPUTED, 0),
                    counts.getOrDefault(KeptDecision.By.POLICY, 0),
                    some.provisional(),
                    some.highElapsedNanos() / 1e6);
            how.row(choice, some.judged(), some.withinIntervalPercent(), some.meanError(), some.meanAbsoluteError());
        });
        output.table(who);
        output.prose("");
        output.table(how);
        figures.forEach((choice, some) -> explored(choice, some, output));
        List<KeptDecision> surprising = DecisionFigures.of(contents.decisions()).mostSurprising(MOST_SURPRISING);
        if (!surprising.isEmpty()) {
            output.prose("");
            output.prose("furthest from what was predicted:");
            Table table = new Table("decision", "choice", "predicted", "came to");
            surprising.forEach(decision -> table.row(
                    decision.id(),
                    decision.choice(),
                    decision.predicted().orElseThrow().mean(),
                    decision.outcome().orElseThrow().cost()));
            output.table(table);
        }
        output.result(json(contents, figures, surprising));
    }

    private static void explored(String choice, DecisionFigures figures, Output output) {
        if (figures.explored() > 0) {
            output.prose("");
            output.prose(choice + ": " + figures.explored() + " explored, predicted to cost "
                    + Table.number(figures.exploredPredictedRegret()) + " more than the best in all; by outcomes "
                    + (Double.isNaN(figures.exploredRegret())
                            ? "that is not known"
                            : Table.number(figures.exploredRegret()) + " more each"));
        }
    }

    private static Map<String, Object> json(
            DecisionFile.Contents contents, Map<String, DecisionFigures> figures, List<KeptDecision> surprising) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", contents.header().protocol());
        json.put("run", contents.header().run());
        json.put("decisions", contents.decisions().size());
        Map<String, Object> choices = new LinkedHashMap<>();
        figures.forEach((choice, some) -> choices.put(choice, some.json()));
        json.put("choices", choices);
        json.put("mostSurprising", surprising.stream().map(KeptDecision::id).toList());
        if (contents.cutShort() > 0) {
            json.put("partial", true);
        }
        return json;
    }
}
