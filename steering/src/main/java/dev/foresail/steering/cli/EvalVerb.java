package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code foresail eval}: an experiment, with the figures that were asked of it. */
@Command(
        name = "eval",
        description = "run an experiment and compare its figures with what was asked for",
        subcommands = ReportVerb.class)
public final class EvalVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            completionCandidates = Experiments.Names.class,
            description = "one of: ${COMPLETION-CANDIDATES}")
    private Optional<String> name = Optional.empty();

    /** What may be an option of the experiment's own: which there are is known once the experiment is. */
    @Unmatched
    private List<String> others = new ArrayList<>();

    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--list", description = "list the experiments")
    private boolean list;

    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds; else the experiment's own number")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--seed-base", paramLabel = "B", defaultValue = "0", description = "moves all seeds by B")
    private long seedBase;

    @Option(names = "--quick", description = "a reduced version that takes under a minute")
    private boolean quick;

    @Option(names = "--data", paramLabel = "DIR", description = "where measured latencies are")
    private Optional<Path> data = Optional.empty();

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        // Asked for when help is shown, as it loads the experiments.
        own.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> ownOptionsHelp());
    }

    @Override
    public Integer call() throws Exception {
        Output output = common.output();
        Experiments experiments = Experiments.of(classPath.loader());
        if (list) {
            checkNoOthers();
            return list(experiments, output);
        }
        seeds.ifPresent(count -> Counts.atLeastOne("--seeds", count));
        data.filter(directory -> !Files.isDirectory(directory)).ifPresent(missing -> {
            throw new ConfigurationException("FS200", "--data: there is no directory " + missing);
        });
        Experiment experiment = find(experiments);
        SortedMap<String, String> own = own(experiment);
        output.prose("seed base " + seedBase);
        Experiment.Options options =
                new Experiment.Options(seeds, seedBase, quick, data, common.interruption(), output::hint, own);
        options.given().keySet().stream()
                .filter(option -> !experiment.understands().contains(option))
                .forEach(option -> output.hint(option + " means nothing to " + experiment.name() + " and is ignored"));
        return report(experiment, experiment.run(options), output);
    }

    private Experiment find(Experiments experiments) {
        if (name.isEmpty()) {
            checkNoOthers();
            throw new ConfigurationException("FS200", "the experiment is missing; --list shows them all");
        }
        return experiments.find(name.get(), ReportVerb.NAME);
    }

    private void checkNoOthers() {
        if (!others.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), others);
        }
    }

    /** What was given of the experiment's own options, by name; of those without a value, nothing. */
    private SortedMap<String, String> own(Experiment experiment) {
        CommandSpec ownSpec = CommandSpec.create();
        for (OwnOption<?> option : experiment.ownOptions()) {
            ownSpec.addOption(OptionSpec.builder(option.name())
                    .paramLabel(option.label())
                    .type(option.isFlag() ? boolean.class : String.class)
                    .arity(option.isFlag() ? "0" : "1")
                    .build());
        }
        CommandLine ownLine = new CommandLine(ownSpec);
        // So that mistakes are told where those of the verb are, and of the verb's options.
        spec.commandLine().addSubcommand(experiment.name(), ownLine);
        ownLine.setErr(spec.commandLine().getErr());
        ParseResult parsed = ownLine.parseArgs(others.toArray(String[]::new));
        SortedMap<String, String> given = new TreeMap<>();
        for (OwnOption<?> option : experiment.ownOptions()) {
            if (parsed.hasMatchedOption(option.name())) {
                String text = option.isFlag() ? "" : parsed.matchedOptionValue(option.name(), "");
                Object unused = option.read(text);
                given.put(option.name(), text);
            }
        }
        return given;
    }

    /** The end of the verb's help: what stands after the name of an experiment. */
    private static String ownOptionsHelp() {
        StringBuilder help = new StringBuilder();
        for (Experiment experiment :
                Experiments.of(Thread.currentThread().getContextClassLoader()).all()) {
            for (OwnOption<?> option : experiment.ownOptions()) {
                help.append(String.format("%s %s%n", experiment.name(), option.described()));
            }
        }
        return help.isEmpty() ? "" : String.format("%nOptions of single experiments, after their names:%n") + help;
    }

    private int report(Experiment experiment, Experiment.Report report, Output output) {
        boolean partial = common.interruption().isRequested();
        print(report, output);
        Map<String, Object> json = json(
                experiment.name()
                        + (quick && experiment.understands().contains(Experiment.Option.QUICK) ? " (quick)" : ""),
                report);
        if (partial) {
            output.prose("partial: interrupted; the bars say nothing of the whole experiment");
            json.put("partial", true);
        }
        output.result(json);
        if (partial) {
            return ExitCode.UNKNOWN;
        }
        return report.bars().stream().allMatch(Experiment.Bar::holds) ? ExitCode.DONE : ExitCode.NOT_MET;
    }

    private static int list(Experiments experiments, Output output) {
        Table table = new Table("experiment", "measures");
        experiments.all().forEach(experiment -> table.row(experiment.name(), experiment.summary()));
        output.table(table);
        List<Map<String, String>> listed = experiments.all().stream()
                .map(experiment -> Map.of("name", experiment.name(), "summary", experiment.summary()))
                .toList();
        output.result(Map.of("experiments", listed));
        return ExitCode.DONE;
    }

    private static void print(Experiment.Report report, Output output) {
        Table table = new Table("bar", "value", "unit", "asked", "holds");
        report.bars().forEach(bar -> table.row(bar.name(), bar.value(), bar.unit(), bar.threshold(), bar.holds()));
        output.table(table);
        report.commands().forEach(command -> output.prose("again: " + command));
    }

    private static Map<String, Object> json(String experiment, Experiment.Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment", experiment);
        json.put("seeds", report.seeds());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("jdk", Runtime.version().toString());
        json.put("machine", machine);
        json.put("bars", report.bars());
        json.put("results", report.results());
        json.put("commands", report.commands());
        return json;
    }
}
