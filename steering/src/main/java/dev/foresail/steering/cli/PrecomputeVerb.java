package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ValueCollector;
import dev.foresail.predictor.resolve.ValueTable;
import dev.foresail.predictor.resolve.ValueTableFile;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.config.SimulationConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code foresail precompute}: simulates a protocol whose choices are predicted, and keeps what was predicted as a table for nodes that have not
 * predicted anything yet. A further seed, that the table does not know, shows what it is worth.
 */
@Command(
        name = "precompute",
        description = "fill a table of predicted values from simulations, for nodes to begin with")
public final class PrecomputeVerb implements Verb {
    private static final Logger LOG = LoggerFactory.getLogger(PrecomputeVerb.class);

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Parameters(
            paramLabel = "PROTOCOL",
            completionCandidates = ProtocolNames.class,
            description = "a short name or a fully qualified class; on the class path: ${COMPLETION-CANDIDATES}")
    private String protocol = "";

    @Mixin
    private SimulationOptions options = new SimulationOptions();

    @Option(names = "--seed", defaultValue = "1", description = "of the first simulation (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "10",
            description = "how many simulations fill the table (${DEFAULT-VALUE}); one more tries it")
    private int seeds;

    @Option(names = "--out", paramLabel = "FILE", description = "the table; PROTOCOL.values.jsonl without it")
    private Optional<Path> out = Optional.empty();

    /** Two runs with a seed that the table does not know: nodes that begin with nothing, and with the table. */
    private record Trial(SeedOutcome without, SeedOutcome with) {}

    @Override
    public Integer call() {
        Output output = common.output();
        output.prose("seed " + seed + " to " + (seed + seeds));
        options.check();
        Counts.atLeastOne("--seeds", seeds);
        ClassLoader loader = classPath.loader();
        return precompute(Protocols.of(loader).find(protocol), loader, output);
    }

    private <S> int precompute(Machine<S> machine, ClassLoader loader, Output output) {
        SimulationConfiguration configuration =
                options.configuration(new SimulationConfigurations(machine, loader, output).withoutTables());
        ResolverSettings settings = configuration.resolver();
        if (settings.kind() != ResolverSettings.Kind.PREDICTED) {
            throw new ConfigurationException(
                    "FS222",
                    "nothing is predicted, so there is nothing to precompute; give --config FILE with 'objectives'");
        }
        SimulationPlan<S> plan = options.plan(machine, configuration, loader);
        long startNanos = WallClock.nanos();
        ValueCollector collector = new ValueCollector();
        ResolverFactory<S> own = ResolverFactory.of(settings, machine, LOG::warn);
        List<SeedOutcome> outcomes = new ArrayList<>();
        try (Progress progress = output.progress("precomputing " + machine.protocol())) {
            for (int index = 0; index < seeds && !common.interruption().isRequested(); index++) {
                outcomes.add(play(plan.with(own.collecting(collector)), seed + index));
                progress.update(index + 1, seeds + 2);
            }
            ValueTable table = collector.table(ValueTable.Origin.of(machine, configuration.parameters(), settings));
            Path file = out.orElseGet(() -> Path.of(machine.protocol().replace('/', '-') + ".values.jsonl"));
            write(table, file);
            Optional<Trial> trial =
                    trial(plan, plan.with(ResolverFactory.of(settings.with(table), machine, LOG::warn)));
            Made made = new Made(machine.protocol(), table, collector.predictions(), outcomes, trial, file);
            print(made, output);
            output.result(json(made, WallClock.secondsSince(startNanos)));
            return isPartial(made) ? ExitCode.UNKNOWN : ExitCode.DONE;
        }
    }

    /** Empty unless both runs went on to their ends: what was cut short at different times compares to nothing. */
    private <S> Optional<Trial> trial(SimulationPlan<S> without, SimulationPlan<S> with) {
        if (common.interruption().isRequested()) {
            return Optional.empty();
        }
        SeedOutcome first = play(without, seed + seeds);
        if (!first.complete()) {
            return Optional.empty();
        }
        SeedOutcome second = play(with, seed + seeds);
        return second.complete() ? Optional.of(new Trial(first, second)) : Optional.empty();
    }

    /** Whether simulations are missing, or did not go on to their ends. */
    private boolean isPartial(Made made) {
        return made.outcomes.size() < seeds
                || made.trial.isEmpty()
                || !made.outcomes.stream().allMatch(SeedOutcome::complete);
    }

    /** What there is to tell. */
    private record Made(
            String protocol,
            ValueTable table,
            long predictions,
            List<SeedOutcome> outcomes,
            Optional<Trial> trial,
            Path file) {}

    private void print(Made made, Output output) {
        output.prose(made.table.size() + " situations from " + made.predictions + " predictions in "
                + made.outcomes.size() + " simulations: " + made.file);
        long whole = made.outcomes.stream().filter(SeedOutcome::complete).count();
        if (whole < seeds) {
            output.prose("partial: " + whole + " of " + seeds + " simulations went on to their ends");
        }
        if (made.trial.isEmpty()) {
            output.prose("partial: cut short; the table was not tried");
            return;
        }
        Trial trial = made.trial.get();
        output.prose("seed " + trial.without.seed() + ", which the table does not know:");
        Table table = new Table("", "without", "with the table");
        table.row("known at once, %", knownPercent(trial.without), knownPercent(trial.with));
        trial.without
                .metrics()
                .forEach((name, value) ->
                        table.row(name, value, trial.with.metrics().getOrDefault(name, Double.NaN)));
        output.table(table);
        output.prose("to use it: 'resolver: {table: " + made.file + "}' in the configuration");
    }

    private static double knownPercent(SeedOutcome outcome) {
        DecisionCounts counts = outcome.decisions();
        return 100.0 * counts.cached() / Math.max(1, counts.total());
    }

    private Map<String, Object> json(Made made, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", made.protocol);
        json.put("nodes", options.nodes());
        json.put("seed", seed);
        json.put("seeds", made.outcomes.size());
        json.put("seconds", seconds);
        json.put("predictions", made.predictions);
        json.put("situations", made.table.size());
        json.put("file", made.file.toString());
        made.trial.ifPresent(trial -> {
            Map<String, Object> tried = new LinkedHashMap<>();
            tried.put("seed", trial.without.seed());
            tried.put("without", json(trial.without));
            tried.put("with", json(trial.with));
            json.put("trial", tried);
        });
        if (isPartial(made)) {
            json.put("partial", true);
        }
        return json;
    }

    private static Map<String, Object> json(SeedOutcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decisions", outcome.decisions());
        json.put("metrics", outcome.metrics());
        json.put("digest", outcome.digest());
        return json;
    }

    private <S> SeedOutcome play(SimulationPlan<S> plan, long played) {
        return new SeedRunner<>(plan, new SimulationWorkers(), common.interruption(), Optional.empty()).play(played);
    }

    private static void write(ValueTable table, Path file) {
        try {
            ValueTableFile.write(table, file);
        } catch (IOException failed) {
            throw new ConfigurationException("FS479", "cannot write " + file + ": " + failed);
        }
    }
}
