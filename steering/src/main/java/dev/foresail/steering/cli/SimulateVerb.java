package dev.foresail.steering.cli;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.Coverage;
import dev.foresail.predictor.campaign.FailureText;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.decision.DecisionFile;
import dev.foresail.predictor.decision.DecisionRecorder;
import dev.foresail.predictor.decision.DecisionWriter;
import dev.foresail.predictor.simulate.FirstDifference;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.cluster.campaign.CodeFingerprint;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.config.SimulationConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foresail simulate}: a protocol's scenario in virtual time, once or over many seeds. */
@Command(name = "simulate", description = "run a protocol in virtual time; the same seed gives the same run")
public final class SimulateVerb implements Verb {
    private static final int MOST_TOLD = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

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

    @Option(names = "--seed", defaultValue = "1", description = "of everything that is drawn (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--seeds", description = "run so many seeds, from --seed upwards, and give distributions")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--jobs", defaultValue = "1", description = "how many seeds run side by side (${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--shrink-for",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "make failing seeds small and save them, in so much real time (${DEFAULT-VALUE}); 0s: do not")
    private Duration shrinkFor = Duration.ZERO;

    @Option(
            names = "--trace-dir",
            paramLabel = "DIR",
            defaultValue = "foresail-traces",
            description = "where failing seeds are saved (${DEFAULT-VALUE})")
    private Path traceDirectory = Path.of("");

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--workers",
            defaultValue = "1",
            description =
                    "over how many threads one run is spread, which changes nothing but the time it takes (${DEFAULT-VALUE})")
    private int workers;

    @Option(
            names = "--slow-messages",
            paramLabel = "SHARE",
            description =
                    "let workers wait less for each other, by which messages between them are late, all together by at most "
                            + "this share of their delays, such as 0.005; the digest is another one each time")
    private Optional<Double> slowMessages = Optional.empty();

    @Option(
            names = "--coverage",
            description =
                    "tell which handlers, guards, timers, messages, calls and alternatives were tried, and which never")
    private boolean covers;

    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            description = "write down every decision, its grounds and what became of it, for 'foresail explain'")
    private Optional<Path> decisions = Optional.empty();

    @Option(
            names = "--paths",
            paramLabel = "FILE",
            description =
                    "write down the causal paths that the configuration declares, for 'foresail paths', and judge them")
    private Optional<Path> paths = Optional.empty();

    @Mixin
    private LogOptions logged = new LogOptions();

    @Option(names = "--verify-determinism", description = "run every seed twice, and tell the first event that differs")
    private boolean verifyDeterminism;

    @Override
    public Integer call() {
        Output output = common.output();
        output.prose(
                "seed " + seed + seeds.map(count -> " to " + (seed + count - 1)).orElse(""));
        options.check();
        Counts.atLeastOne("--seeds", seeds.orElse(1));
        Counts.atLeastOne("--jobs", jobs);
        Counts.between("--workers", workers, Simulation.MOST_WORKERS);
        checkSlowMessages();
        cluster.check(covers, slowMessages.isPresent());
        checkRecorded("--decisions", decisions.isPresent());
        checkRecorded("--paths", paths.isPresent());
        checkRecorded("--log", logged.isGiven());
        logged.check(options.nodes());
        if (shrinkFor.isNegative()) {
            throw new ConfigurationException("FS200", "--shrink-for: a time of at least 0s was expected");
        }
        ClassLoader loader = classPath.loader();
        return simulate(Protocols.of(loader).find(protocol), loader, output);
    }

    private void checkRecorded(String option, boolean isGiven) {
        if (isGiven && (seeds.isPresent() || workers > 1 || cluster.isGiven())) {
            throw new ConfigurationException(
                    "FS200",
                    option + " is for one run on one worker: not for "
                            + (seeds.isPresent() ? "--seeds" : workers > 1 ? "--workers" : "--cluster"));
        }
    }

    private void checkSlowMessages() {
        slowMessages.filter(share -> !(share > 0 && share <= 1)).ifPresent(share -> {
            throw new ConfigurationException("FS200", "--slow-messages is a share above 0 to 1, not " + share);
        });
        if (slowMessages.isPresent() && (workers == 1 || verifyDeterminism)) {
            throw new ConfigurationException(
                    "FS200",
                    "--slow-messages is for several --workers, whose runs are not the same again: not for "
                            + (workers == 1 ? "--workers 1" : "--verify-determinism"));
        }
    }

    private <S> int simulate(Machine<S> machine, ClassLoader loader, Output output) {
        SimulationConfiguration configuration =
                options.configuration(new SimulationConfigurations(machine, loader, output));
        SimulationPlan<S> plan = options.plan(machine, configuration, loader);
        Optional<FollowedPaths> followed =
                paths.map(file -> new FollowedPaths(file, machine.protocol(), commandLine(), configuration.paths()));
        Optional<DecisionWriter> recorded = decisions.map(file -> DecisionWriter.create(file, header(machine)));
        Optional<SimulationLog> log =
                logged.open(new SimulationLog.Origin(machine.protocol(), commandLine(), seed), output);
        Optional<Coverage> coverage = covers ? Optional.of(new Coverage(machine)) : Optional.empty();
        TimeOutHints.tell(machine, plan.parameters(), output);
        long startNanos = WallClock.nanos();
        String what = "simulating " + machine.protocol();
        List<SeedOutcome> outcomes = cluster.isGiven()
                ? runOverCluster(plan, loader, what, output)
                : recorded.isPresent() || followed.isPresent() || log.isPresent()
                        ? runRecorded(
                                plan, coverage, new Records<S>(configuration, recorded, followed, log), what, output)
                        : run(plan, coverage, workers, what, output);
        double seconds = WallClock.secondsSince(startNanos);
        SimulationReport report =
                new SimulationReport(machine.protocol(), options.nodes(), seeds.orElse(1), seeds.isPresent(), outcomes);
        report.print(output);
        int code = report.exitCode();
        Map<String, Object> json = report.json(seconds, Heap.usedBytes());
        coverage.map(CoverageReport::new).ifPresent(covered -> {
            covered.print(output);
            json.put("coverage", covered.json());
        });
        if (followed.isPresent()) {
            code = followed.get().tell(outcomes.get(0), code, json, output);
        }
        if (verifyDeterminism) {
            code = verified(code, plan, outcomes, json, output);
        }
        KeptFailures<S> kept = outcomes.stream().noneMatch(SeedOutcome::isViolated)
                ? new KeptFailures<>()
                : KeptFailures.of(
                        plan,
                        outcomes,
                        options.origin(plan, loader, output),
                        traceDirectory,
                        shrinkFor,
                        common.interruption());
        if (!kept.json().isEmpty()) {
            json.put("traces", kept.json());
        }
        output.result(json);
        tellViolations(plan, outcomes, output);
        kept.print(output);
        code = UnwrittenRecords.tell(recorded.flatMap(DecisionWriter::failure), code, output);
        return UnwrittenRecords.tellOfLog(log.flatMap(SimulationLog::failure), code, output);
    }

    /** The exit code once the seeds were played again; {@code code} is the one without. */
    private <S> int verified(
            int code, SimulationPlan<S> plan, List<SeedOutcome> outcomes, Map<String, Object> json, Output output) {
        Verdict repeatable = repeatable(plan, outcomes, json, output);
        if (repeatable == Verdict.VIOLATED) {
            return ExitCode.DIVERGED;
        }
        if (repeatable == Verdict.UNKNOWN) {
            json.put("partial", true);
            return code == ExitCode.DONE ? ExitCode.UNKNOWN : code;
        }
        return code;
    }

    private DecisionFile.Header header(Machine<?> machine) {
        return new DecisionFile.Header(machine.protocol(), commandLine());
    }

    private String commandLine() {
        return "foresail "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    /** What is written down of a run. */
    private record Records<S>(
            SimulationConfiguration configuration,
            Optional<DecisionWriter> decisions,
            Optional<FollowedPaths> paths,
            Optional<SimulationLog> log)
            implements AutoCloseable {
        void follow(Simulation<S> system, Machine<S> machine) {
            decisions.ifPresent(
                    writer -> DecisionRecorder.follow(system, machine, configuration.resolver()::objectiveOf, writer));
            paths.ifPresent(followed -> followed.follow(system));
            log.ifPresent(told -> told.follow(system));
        }

        @Override
        public void close() {
            decisions.ifPresent(DecisionWriter::close);
            log.ifPresent(SimulationLog::close);
        }
    }

    private <S> List<SeedOutcome> runRecorded(
            SimulationPlan<S> plan, Optional<Coverage> coverage, Records<S> records, String what, Output output) {
        List<SeedOutcome> outcomes;
        try (records;
                Progress progress = output.progress(what)) {
            outcomes = new SeedRunner<>(plan, new SimulationWorkers(), common.interruption(), coverage)
                    .followedBy(system -> records.follow(system, plan.machine()))
                    .run(seed, 1, 1, progress);
        }
        decisions.ifPresent(file -> output.prose("decisions: foresail explain " + Quoted.forShell(file.toString())));
        return outcomes;
    }

    private <S> List<SeedOutcome> run(
            SimulationPlan<S> plan, Optional<Coverage> coverage, int workersEach, String what, Output output) {
        try (Progress progress = output.progress(what);
                SimulationWorkers spread = workersEach == 1 || coverage.isPresent()
                        ? new SimulationWorkers()
                        : new SimulationWorkers(workersEach, slowMessages)) {
            if (coverage.isPresent() && workersEach > 1) {
                spread.oneIsNeeded("--coverage counts what one thread does");
            }
            List<SeedOutcome> outcomes = new SeedRunner<>(plan, spread, common.interruption(), coverage)
                    .run(seed, seeds.orElse(1), jobs, progress);
            spread.whyOne().ifPresent(why -> output.hint("one worker is used: " + why));
            spread.slowness().forEach((each, report) -> output.prose(new SlownessReport(report).line(each)));
            return outcomes;
        }
    }

    private <S> List<SeedOutcome> runOverCluster(
            SimulationPlan<S> plan, ClassLoader loader, String what, Output output) {
        CarriedOptions carried = options.carried(new SimulationConfigurations(plan.machine(), loader, output));
        CampaignOffer offer = new CampaignOffer(
                plan.machine().protocol(),
                plan.machine().stateType().getName(),
                plan.machine().schema(),
                CodeFingerprint.of(plan, loader),
                carried.words(),
                carried.files(),
                workers);
        try (Progress progress = output.progress(what);
                SimulationWorkers spread = new SimulationWorkers(workers, Optional.empty())) {
            SeedRunner<S> runner = new SeedRunner<>(plan, spread, common.interruption(), Optional.empty());
            return seeds.isPresent()
                    ? new ClusterRun<S>(cluster, common.interruption(), output)
                            .run(seed, seeds.get(), jobs, runner, offer, progress)
                    : List.of(new PartitionedSeed<S>(cluster, common.interruption(), output)
                            .play(seed, runner, offer, progress));
        }
    }

    /** Of the first seeds what was violated; of the first one also how it came to that, by playing it once more. */
    private <S> void tellViolations(SimulationPlan<S> plan, List<SeedOutcome> outcomes, Output output) {
        List<SeedOutcome> violated =
                outcomes.stream().filter(SeedOutcome::isViolated).toList();
        List<String> arguments = spec.commandLine().getParseResult().originalArgs();
        for (SeedOutcome outcome : violated.stream().limit(MOST_TOLD).toList()) {
            boolean isFirst = outcome.seed() == violated.get(0).seed();
            List<String> lines = isFirst
                    ? FailureText.story(plan, outcome, common.interruption()::isRequested)
                    : FailureText.lines(outcome);
            lines.forEach(output::prose);
            output.prose("    again: " + Repetition.of(arguments, outcome.seed()));
        }
        if (violated.size() > MOST_TOLD) {
            output.prose("... and " + (violated.size() - MOST_TOLD) + " more of " + outcomes.size() + " seeds");
        }
    }

    /** Whether second runs gave the same; unknown unless all seeds could be compared. */
    private <S> Verdict repeatable(
            SimulationPlan<S> plan, List<SeedOutcome> outcomes, Map<String, Object> json, Output output) {
        int compared = 0;
        // On one worker, so that several are compared with one.
        for (SeedOutcome again : run(plan, Optional.empty(), 1, "once more", output)) {
            Optional<SeedOutcome> first = outcomes.stream()
                    .filter(outcome -> outcome.seed() == again.seed())
                    .filter(outcome -> outcome.complete() && again.complete())
                    .findFirst();
            if (first.isPresent() && !first.get().digest().equals(again.digest())) {
                output.hint("[FS240] not deterministic: seed " + again.seed() + " gave the digest "
                        + first.get().digest() + " and then " + again.digest());
                plan.firstDifference(again.seed(), common.interruption()::isRequested)
                        .ifPresent(difference -> {
                            difference.lines().forEach(output::hint);
                            json.put("firstDifference", json(again.seed(), difference));
                        });
                return Verdict.VIOLATED;
            }
            compared += first.isPresent() ? 1 : 0;
        }
        if (compared < seeds.orElse(1)) {
            output.prose("cut short: " + compared + " of " + seeds.orElse(1)
                    + " seeds were compared; whether the others are deterministic is unknown");
            return Verdict.UNKNOWN;
        }
        output.prose("deterministic: the second run gave the same digest");
        return Verdict.HOLDS;
    }

    private static Map<String, Object> json(long seed, FirstDifference.Difference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", seed);
        json.put("event", difference.number());
        difference.first().ifPresent(happening -> json.put("first", json(happening)));
        difference.second().ifPresent(happening -> json.put("second", json(happening)));
        json.put("fields", difference.fields());
        return json;
    }

    private static Map<String, Object> json(FirstDifference.Happening happening) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("virtualSeconds", happening.seconds());
        json.put("node", happening.node().toString());
        json.put("happening", happening.text());
        return json;
    }
}
