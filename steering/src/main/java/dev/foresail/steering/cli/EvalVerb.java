package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code foresail eval}: an experiment, with the figures that were asked of it. */
@Command(name = "eval", description = "run an experiment and compare its figures with what was asked for")
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

    @Override
    public Integer call() throws Exception {
        Output output = common.output();
        Experiments experiments = Experiments.of(classPath.loader());
        if (list) {
            return list(experiments, output);
        }
        seeds.ifPresent(count -> Counts.atLeastOne("--seeds", count));
        data.filter(directory -> !Files.isDirectory(directory)).ifPresent(missing -> {
            throw new ConfigurationException("FS200", "--data: there is no directory " + missing);
        });
        Experiment experiment = experiments.find(name.orElseThrow(
                () -> new ConfigurationException("FS200", "the experiment is missing; --list shows them all")));
        output.prose("seed base " + seedBase);
        Experiment.Options options =
                new Experiment.Options(seeds, seedBase, quick, data, common.interruption(), output::hint);
        options.given().keySet().stream()
                .filter(option -> !experiment.understands().contains(option))
                .forEach(option -> output.hint(option + " means nothing to " + experiment.name() + " and is ignored"));
        Experiment.Report report = experiment.run(options);
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
