package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.report.Measurement;
import dev.foresail.steering.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code foresail eval report}: what the experiments have measured as one page, and as JSON beside it. */
@Command(name = ReportVerb.NAME, description = "one page of HTML, and its JSON, on what the experiments have measured")
public final class ReportVerb implements Callable<Integer> {
    static final String NAME = "report";
    private static final String HTML = ".html";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "EXPERIMENT",
            completionCandidates = Experiments.Names.class,
            description = "those to run; all of them when neither one nor --from is given")
    private List<String> names = List.of();

    @Option(
            names = "--from",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "files of 'eval --json', or directories of them, which are read instead of run; experiments stand before it")
    private List<Path> from = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the page (${DEFAULT-VALUE}); the JSON stands beside it")
    private Path out = Path.of("report.html");

    @Option(names = "--save", paramLabel = "DIR", description = "keep each result that was run as DIR/NAME.json")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds; else each experiment's own number")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--seed-base", paramLabel = "B", defaultValue = "0", description = "moves all seeds by B")
    private long seedBase;

    @Option(names = "--quick", description = "reduced versions that take under a minute each")
    private boolean quick;

    @Option(names = "--data", paramLabel = "DIR", description = "where measured latencies are")
    private Optional<Path> data = Optional.empty();

    private Output output = Output.nowhere();

    private boolean hasWritten;

    @Spec
    void spec(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        output = common.output();
        checkOptions();
        Experiments experiments = Experiments.of(classPath.loader());
        List<Experiment> wanted = wanted(experiments);
        List<Measurement> measured = new ArrayList<>();
        from.forEach(path -> measured.addAll(ReportFiles.read(path)));
        Map<String, String> known = new TreeMap<>();
        experiments.all().forEach(experiment -> known.put(experiment.name(), experiment.summary()));
        checkWritable(wanted);
        if (!wanted.isEmpty()) {
            output.prose("seed base " + seedBase);
        }
        for (int index = 0; index < wanted.size() && !isInterrupted(); index++) {
            Experiment experiment = wanted.get(index);
            output.hint(experiment.name() + " (" + (index + 1) + " of " + wanted.size() + ")");
            measured.add(run(experiment));
            // So that whatever ends this process leaves what there is.
            if (isWorthWriting(measured)) {
                write(page(measured, known), measured);
            }
        }
        ReportPage page = page(measured, known);
        if (isWorthWriting(measured)) {
            write(page, measured);
        }
        return tell(page, measured);
    }

    /** Before anything runs for hours. */
    private void checkWritable(List<Experiment> wanted) {
        ReportFiles.checkWritable(out);
        ReportFiles.checkWritable(jsonFile());
        save.ifPresent(
                directory -> wanted.forEach(experiment -> ReportFiles.checkWritable(saved(directory, experiment))));
    }

    private static Path saved(Path directory, Experiment experiment) {
        return directory.resolve(experiment.name() + ".json");
    }

    /** Whoever interrupts it before anything is measured keeps the report that there is. */
    private boolean isWorthWriting(List<Measurement> measured) {
        return hasWritten
                || !isInterrupted()
                || measured.stream().anyMatch(measurement -> measurement.state() != Measurement.State.FAILED);
    }

    private void checkOptions() {
        CommandLine.ParseResult before = spec.parent().commandLine().getParseResult();
        List<String> unknown = new ArrayList<>(before.unmatched());
        unknown.addAll(spec.commandLine().getParseResult().unmatched());
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), unknown);
        }
        before.matchedPositionals().stream().findFirst().ifPresent(name -> {
            throw new ParameterException(spec.commandLine(), "experiments stand after the word 'report'");
        });
        before.matchedOptions().stream().findFirst().ifPresent(option -> {
            throw new ParameterException(spec.commandLine(), option.longestName() + " stands after the word 'report'");
        });
        seeds.ifPresent(count -> Counts.atLeastOne("--seeds", count));
        data.filter(directory -> !Files.isDirectory(directory)).ifPresent(missing -> {
            throw new ConfigurationException("FS200", "--data: there is no directory " + missing);
        });
        if (!out.toString().endsWith(HTML)) {
            throw new ConfigurationException(
                    "FS200", "--out: the name of a page ends with " + HTML + ", not '" + out + "'");
        }
    }

    /** In the order of the names, each once. */
    private List<Experiment> wanted(Experiments experiments) {
        if (names.isEmpty()) {
            return from.isEmpty() ? experiments.all() : List.of();
        }
        Set<Experiment> wanted = new LinkedHashSet<>();
        names.forEach(name -> wanted.add(experiments.find(name)));
        return List.copyOf(wanted);
    }

    private boolean isInterrupted() {
        return common.interruption().isRequested();
    }

    private Measurement run(Experiment experiment) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(experiment.name());
        Set<Experiment.Option> understood = experiment.understands();
        if (understood.contains(Experiment.Option.SEEDS)) {
            seeds.ifPresent(count -> arguments.addAll(List.of("--seeds", Integer.toString(count))));
        }
        if (understood.contains(Experiment.Option.SEED_BASE) && seedBase != 0) {
            arguments.addAll(List.of("--seed-base", Long.toString(seedBase)));
        }
        if (understood.contains(Experiment.Option.QUICK) && quick) {
            arguments.add("--quick");
        }
        if (understood.contains(Experiment.Option.DATA)) {
            data.ifPresent(directory -> arguments.addAll(List.of("--data", directory.toString())));
        }
        arguments.addAll(classPath.asArguments());
        Measurement measurement = new ExperimentProcess(output, common.interruption()).run(arguments);
        save.ifPresent(
                directory -> ReportFiles.write(saved(directory, experiment), Json.write(measurement.json()) + "\n"));
        return measurement;
    }

    private static List<Measurement> sorted(List<Measurement> measured) {
        return measured.stream().sorted(Comparator.comparing(Measurement::name)).toList();
    }

    private ReportPage page(List<Measurement> measured, Map<String, String> known) {
        String written = "Written by foresail " + Version.number() + " on " + WallClock.today() + ".";
        return new ReportPage(sorted(measured), known, written, List.of(again()));
    }

    private void write(ReportPage page, List<Measurement> measured) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("report", "foresail " + Version.number());
        json.put("written", WallClock.today());
        json.put("summary", page.summary());
        json.put("experiments", sorted(measured).stream().map(Measurement::json).toList());
        json.put("commands", List.of(again()));
        if (isInterrupted()) {
            json.put("partial", true);
        }
        ReportFiles.write(out, page.html());
        ReportFiles.write(jsonFile(), Json.write(json) + "\n");
        hasWritten = true;
    }

    private Path jsonFile() {
        String name = String.valueOf(out.getFileName());
        return out.resolveSibling(name.substring(0, name.length() - HTML.length()) + ".json");
    }

    private String again() {
        StringBuilder command = new StringBuilder("foresail eval report");
        spec.commandLine().getParseResult().originalArgs().stream()
                .dropWhile(argument -> !argument.equals(NAME))
                .skip(1)
                .filter(argument -> !argument.equals("--json"))
                .forEach(argument -> command.append(' ').append(Quoted.forShell(argument)));
        return command.toString();
    }

    private int tell(ReportPage page, List<Measurement> measured) {
        Table table = new Table("experiment", "state", "bars", "hold");
        measured.forEach(measurement -> table.row(
                measurement.experiment(),
                measurement.state().words(),
                measurement.bars().size(),
                measurement.barsThatHold()));
        output.table(table);
        output.prose(
                hasWritten ? "report: " + out + " and " + jsonFile() : "nothing was measured; no report was written");
        boolean partial = isInterrupted();
        Map<String, Object> json = new LinkedHashMap<>(page.summary());
        if (hasWritten) {
            json.put("page", out.toString());
            json.put("json", jsonFile().toString());
        }
        if (partial) {
            output.prose("partial: interrupted; the experiments that are missing were not run");
            json.put("partial", true);
        }
        output.result(json);
        return exitCode(measured, partial);
    }

    private static int exitCode(List<Measurement> measured, boolean partial) {
        boolean misses = measured.stream()
                .map(Measurement::state)
                .anyMatch(state -> state == Measurement.State.FAILED || state == Measurement.State.MISSES);
        boolean unknown = measured.stream().anyMatch(measurement -> measurement.state() == Measurement.State.PARTIAL);
        if (partial) {
            return ExitCode.UNKNOWN;
        } else if (misses) {
            return ExitCode.NOT_MET;
        }
        return unknown ? ExitCode.UNKNOWN : ExitCode.DONE;
    }
}
