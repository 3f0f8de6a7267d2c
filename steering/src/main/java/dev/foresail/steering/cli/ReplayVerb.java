package dev.foresail.steering.cli;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.SimulationTraceFile;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceDivergedException;
import dev.foresail.predictor.trace.TraceFile;
import dev.foresail.predictor.trace.TraceStep;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code foresail replay}: a saved path to a violation, once more, step by step. */
@Command(name = "replay", description = "go along a saved path or run to a violation again")
public final class ReplayVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Parameters(
            paramLabel = "TRACE",
            description = "a file that 'foresail check', 'foresail simulate' or a test has written")
    private Path file = Path.of("");

    @Option(names = "--until", paramLabel = "STEP", description = "stop after this step; 0 is the initial world")
    private Optional<Integer> until = Optional.empty();

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "the snapshot with which the path begins, where it has moved")
    private Optional<Path> snapshot = Optional.empty();

    @Override
    public Integer call() {
        Output output = common.output();
        if (SimulationTraceFile.isOne(file)) {
            if (until.isPresent() || snapshot.isPresent()) {
                throw new ConfigurationException(
                        "FS200",
                        "--until and --snapshot are for paths that check has found; this is a simulation's run");
            }
            return new SimulationReplay(file, output).play(classPath.loader(), common.interruption());
        }
        Trace trace = TraceFile.read(file);
        until.filter(step -> step < 0 || step > trace.steps().size()).ifPresent(step -> {
            throw new ConfigurationException(
                    "FS200",
                    "--until: the trace has the steps 0 to " + trace.steps().size() + ", there is no step " + step);
        });
        ClassLoader loader = classPath.loader();
        GuardedCode code = new GuardedCode(loader);
        Machine<?> machine = code.again(Protocols.of(loader)
                .find(trace.header().origin().protocol(), trace.header().stateType()));
        return replay(trace, machine, code, loader, output);
    }

    private <S> int replay(Trace trace, Machine<S> machine, GuardedCode code, ClassLoader loader, Output output) {
        Trace.Origin origin = trace.header().origin();
        SystemModel<S> model =
                Explorations.model(machine, code.again(scenario(machine, origin, loader, output)), origin.settings());
        Replay<S> replay = Replay.of(model, trace);
        int steps = until.orElse(replay.length());
        output.prose(origin.protocol() + ", scenario " + origin.scenario()
                + (origin.settings().isEmpty() ? "" : " " + origin.settings()) + ": "
                + trace.header().property());
        try {
            Replay.Outcome<S> outcome = replay.until(steps);
            print(trace, outcome.steps(), outcome.verdicts(), output);
            boolean isWhole = steps == replay.length();
            boolean isTold = isWhole || outcome.isViolated() && !trace.header().isLiveness();
            String verdict = isTold ? word(outcome.verdict()) : "unknown";
            output.prose("");
            output.prose(sentence(trace, verdict, steps, replay.length())
                    + outcome.thrown()
                            .map(thrown -> ": " + ThrownText.of(thrown))
                            .orElse(""));
            output.result(json(trace, outcome.steps(), verdict));
            return exitCode(trace, verdict);
        } catch (TraceDivergedException diverged) {
            List<TraceStep> before = diverged.seen();
            print(trace, before, List.of(), output);
            output.hint(String.valueOf(diverged.getMessage()));
            Map<String, Object> json = json(trace, before, "diverged");
            json.put("expected", diverged.expected());
            json.put("possible", diverged.possible());
            output.result(json);
            return ExitCode.DIVERGED;
        } catch (NonDeterminismException differs) {
            output.hint("not deterministic: " + differs.getMessage());
            output.result(json(trace, List.of(), "diverged"));
            return ExitCode.DIVERGED;
        }
    }

    private <S> ExplorationScenario<S> scenario(
            Machine<S> machine, Trace.Origin origin, ClassLoader loader, Output output) {
        if (snapshot.isPresent() && origin.snapshot().isEmpty()) {
            throw new ConfigurationException(
                    "FS242",
                    "--snapshot: the trace does not begin with a snapshot but with the scenario " + origin.scenario());
        }
        if (origin.snapshot().isEmpty()) {
            return Explorations.of(loader).choose(machine, Optional.of(origin.scenario()));
        }
        Trace.SnapshotUsed begin = origin.snapshot().get();
        Path now = snapshot.orElseGet(() -> Path.of(begin.file()));
        begin.requireSame(now);
        return SnapshotFiles.scenario(machine, now, output);
    }

    /** @param verdicts after each step, or none at all */
    private static void print(Trace trace, List<TraceStep> steps, List<Verdict> verdicts, Output output) {
        for (int index = 0; index < steps.size(); index++) {
            StepText.lines(steps.get(index)).forEach(output::prose);
            if (!trace.header().isLiveness() && index < verdicts.size()) {
                output.prose("        " + trace.header().property() + ": " + word(verdicts.get(index)));
            }
        }
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "holds";
            case VIOLATED -> "violated";
            case POSSIBLE, UNKNOWN -> "unknown";
        };
    }

    private static String sentence(Trace trace, String verdict, int steps, int length) {
        String property = trace.header().property();
        return switch (verdict) {
            case "violated" -> "violated: " + property + " after step " + steps;
            case "holds" -> "holds: the path is possible, and " + property + " is not violated at its end";
            default ->
                steps < length
                        ? "unknown: stopped at step " + steps + " of " + length
                        : "unknown: the path is possible, but whether " + property + " holds at its end cannot be told";
        };
    }

    private static int exitCode(Trace trace, String verdict) {
        return switch (verdict) {
            case "violated" -> trace.header().isLiveness() ? ExitCode.LIVENESS_VIOLATED : ExitCode.SAFETY_VIOLATED;
            case "holds" -> ExitCode.DONE;
            default -> ExitCode.UNKNOWN;
        };
    }

    private Map<String, Object> json(Trace trace, List<TraceStep> steps, String verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trace", file.toString());
        json.put("protocol", trace.header().origin().protocol());
        json.put("scenario", trace.header().origin().scenario());
        json.put("settings", trace.header().origin().settings());
        trace.header().origin().snapshot().ifPresent(begin -> json.put("snapshot", begin.file()));
        json.put("property", trace.header().property());
        json.put("kind", trace.header().isLiveness() ? "liveness" : "safety");
        json.put("length", trace.steps().size());
        json.put("verdict", verdict);
        json.put("steps", steps.stream().map(StepText::json).toList());
        return json;
    }
}
