package dev.foresail.steering.cli;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.StartAll;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.ViolationText;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.config.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
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

    @Option(names = "--nodes", defaultValue = "31", description = "how many nodes (${DEFAULT-VALUE})")
    private int nodes;

    @Option(names = "--seed", defaultValue = "1", description = "of everything that is drawn (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--seeds", description = "run so many seeds, from --seed upwards, and give distributions")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--jobs", defaultValue = "1", description = "how many seeds run side by side (${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--until",
            paramLabel = "DURATION",
            description = "run so much virtual time; else to the scenario's end")
    private Optional<Duration> until = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "parameters, objectives, resolver (YAML)")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "what happens from outside; else the protocol's own")
    private Optional<String> scenario = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the scenario; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--resolver",
            paramLabel = "KIND",
            description = "overrides the configuration: predicted, random, first, round-robin")
    private Optional<String> resolver = Optional.empty();

    @Option(
            names = "--faults",
            paramLabel = "MIX",
            description =
                    "what goes wrong by chance in the first two thirds of the run, such as 'crash 2/min for 5s, cut 1/min', "
                            + "or 'swarm': another mix for each seed")
    private Optional<String> faults = Optional.empty();

    @Mixin
    private TopologyOptions topology = new TopologyOptions();

    @Option(
            names = "--links",
            paramLabel = "CLASS",
            description = "how steady links are, over the configuration: wide-area, cloud, unstable")
    private Optional<String> links = Optional.empty();

    @Option(
            names = "--connection-setup",
            description = "the first message over a new connection takes a round trip more, to set it up")
    private boolean connectionSetup;

    @Option(
            names = "--check-every",
            paramLabel = "EVENTS",
            description =
                    "ask the safety properties of several nodes after so many events; else after every event up to "
                            + PropertyWatch.NODES_WATCHED_ALWAYS + " nodes, with more after as many as there are nodes")
    private Optional<Integer> checkEvery = Optional.empty();

    @Option(
            names = "--workers",
            defaultValue = "1",
            description =
                    "over how many threads one run is spread, which changes nothing but the time it takes (${DEFAULT-VALUE})")
    private int workers;

    @Option(names = "--verify-determinism", description = "run every seed twice and compare the digests")
    private boolean verifyDeterminism;

    @Override
    public Integer call() {
        Output output = common.output();
        output.prose(
                "seed " + seed + seeds.map(count -> " to " + (seed + count - 1)).orElse(""));
        Counts.atLeastOne("--nodes", nodes);
        Counts.atLeastOne("--seeds", seeds.orElse(1));
        Counts.atLeastOne("--jobs", jobs);
        Counts.between("--workers", workers, Simulation.MOST_WORKERS);
        Counts.atLeastOne("--check-every", checkEvery.orElse(1));
        ClassLoader loader = classPath.loader();
        return simulate(Protocols.of(loader).find(protocol), loader, output);
    }

    private <S> int simulate(Machine<S> machine, ClassLoader loader, Output output) {
        SimulationPlan<S> plan = plan(machine, loader, output);
        long startNanos = WallClock.nanos();
        List<SimulationOutcome> outcomes = run(plan, workers, "simulating " + machine.protocol(), output);
        double seconds = WallClock.secondsSince(startNanos);
        SimulationReport report =
                new SimulationReport(machine.protocol(), nodes, seeds.orElse(1), seeds.isPresent(), outcomes);
        report.print(output);
        int code = report.exitCode();
        Map<String, Object> json = report.json(seconds, Heap.usedBytes());
        if (verifyDeterminism) {
            Verdict repeatable = repeatable(plan, outcomes, output);
            if (repeatable == Verdict.VIOLATED) {
                code = ExitCode.DIVERGED;
            } else if (repeatable == Verdict.UNKNOWN) {
                code = code == ExitCode.DONE ? ExitCode.UNKNOWN : code;
                json.put("partial", true);
            }
        }
        output.result(json);
        tellViolations(plan, outcomes, output);
        return code;
    }

    private <S> List<SimulationOutcome> run(SimulationPlan<S> plan, int workersEach, String what, Output output) {
        try (Progress progress = output.progress(what);
                SimulationWorkers spread = new SimulationWorkers(workersEach)) {
            List<SimulationOutcome> outcomes =
                    new SeedRunner<>(plan, spread, common.interruption()).run(seed, seeds.orElse(1), jobs, progress);
            spread.whyOne().ifPresent(why -> output.hint("one worker is used: " + why));
            return outcomes;
        }
    }

    /** Of the first seeds what was violated; of the first one also how it came to that, by playing it once more. */
    private <S> void tellViolations(SimulationPlan<S> plan, List<SimulationOutcome> outcomes, Output output) {
        List<SimulationOutcome> violated =
                outcomes.stream().filter(SimulationOutcome::isViolated).toList();
        List<String> arguments = spec.commandLine().getParseResult().originalArgs();
        for (SimulationOutcome outcome : violated.stream().limit(MOST_TOLD).toList()) {
            outcome.violations().stream().limit(1).forEach(violation -> {
                output.prose(ViolationText.line(outcome.seed(), violation));
                if (outcome.seed() == violated.get(0).seed() && plan.canRetell(violation)) {
                    retell(plan, outcome.seed(), violation).forEach(output::prose);
                }
            });
            outcome.wrongInTheEnd().forEach(output::prose);
            output.prose("    again: " + Repetition.of(arguments, outcome.seed()));
        }
        if (violated.size() > MOST_TOLD) {
            output.prose("... and " + (violated.size() - MOST_TOLD) + " more of " + outcomes.size() + " seeds");
        }
    }

    private <S> List<String> retell(SimulationPlan<S> plan, long seed, PropertyWatch.Violation violation) {
        Interruption interruption = common.interruption();
        return plan.retell(seed, violation, interruption::isRequested)
                .map(ViolationText::lines)
                .orElseGet(() -> interruption.isRequested()
                        ? List.of()
                        : List.of("    a second run does not come to that: see --verify-determinism"));
    }

    /** Whether second runs gave the same; unknown unless all seeds could be compared. */
    private <S> Verdict repeatable(SimulationPlan<S> plan, List<SimulationOutcome> outcomes, Output output) {
        int compared = 0;
        // On one worker, so that several are compared with one.
        for (SimulationOutcome again : run(plan, 1, "once more", output)) {
            Optional<SimulationOutcome> first = outcomes.stream()
                    .filter(outcome -> outcome.seed() == again.seed())
                    .filter(outcome -> outcome.complete() && again.complete())
                    .findFirst();
            if (first.isPresent() && !first.get().digest().equals(again.digest())) {
                output.hint("[FS240] not deterministic: seed " + again.seed() + " gave the digest "
                        + first.get().digest() + " and then " + again.digest());
                return Verdict.VIOLATED;
            }
            compared += first.isPresent() ? 1 : 0;
        }
        if (compared < seeds.orElse(1)) {
            output.prose("interrupted: " + compared + " of " + seeds.orElse(1)
                    + " seeds were compared; whether the others are deterministic is unknown");
            return Verdict.UNKNOWN;
        }
        output.prose("deterministic: the second run gave the same digest");
        return Verdict.HOLDS;
    }

    private <S> SimulationPlan<S> plan(Machine<S> machine, ClassLoader loader, Output output) {
        SimulationConfiguration configuration = new SimulationConfigurations(machine, loader, output)
                .choose(config, resolver.map(SimulationConfigurations::kind));
        Scenarios scenarios = Scenarios.of(loader);
        Scenario played = scenario.map(scenarios::find)
                .or(() -> scenarios.lookUp(machine.protocol()))
                .orElseGet(() -> new StartAll(configuration.calls().stream()
                        .map(call -> new Event.Call(call.name(), call.arguments()))
                        .toList()));
        TopologySettings network =
                links.map(configuration.topology()::withLinks).orElse(configuration.topology());
        network.check(nodes);
        LongFunction<Topology> plain = topology.topologies(nodes);
        return new SimulationPlan<>(
                machine,
                parameters(machine, configuration, nodes),
                nodes,
                seed -> network.over(plain.apply(seed), seed),
                configuration,
                played,
                Scenarios.values(played, settings),
                until.orElseGet(() -> played.duration(nodes)),
                until.isPresent(),
                faults.map(SimulateVerb::phase).orElse(FaultPhase.NONE),
                connectionSetup,
                checkEvery.map(Integer::longValue).orElseGet(() -> PropertyWatch.defaultEveryEvents(nodes)));
    }

    private static FaultPhase phase(String mix) {
        try {
            return new FaultPhase(FaultMix.perSeed(mix));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("FS406", "--faults: " + wrong.getMessage());
        }
    }

    /** A whole number called {@code nodes} that is not configured is the number of nodes. */
    private static List<Object> parameters(Machine<?> machine, SimulationConfiguration configuration, int nodes) {
        Map<String, String> given = new TreeMap<>(configuration.parameters());
        if (machine.parameters().stream()
                .anyMatch(each -> each.name().equals("nodes") && each.type() == Integer.class)) {
            given.putIfAbsent("nodes", Integer.toString(nodes));
        }
        try {
            return ParameterValues.read(machine.parameters(), given);
        } catch (IllegalArgumentException missing) {
            throw new ConfigurationException(
                    "FS209", machine.protocol() + ": " + missing.getMessage() + "; give it in --config FILE");
        }
    }
}
