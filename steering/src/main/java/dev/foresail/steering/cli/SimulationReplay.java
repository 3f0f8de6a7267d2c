package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.campaign.SimulationTraceFile;
import dev.foresail.predictor.campaign.TraceReplay;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.steering.config.Protocols;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foresail replay} of a run that {@code simulate} or a test has saved. */
final class SimulationReplay {
    private final Path file;
    private final SimulationTrace trace;
    private final Output output;

    /** @throws dev.foresail.predictor.trace.TraceException when the file is no such trace */
    SimulationReplay(Path file, Output output) {
        this.file = file;
        this.trace = SimulationTraceFile.read(file);
        this.output = output;
    }

    /** Understands what of the command line the trace has kept. */
    @Command
    private static final class Kept {
        @Mixin
        private SimulationOptions options = new SimulationOptions();
    }

    int play(ClassLoader loader, Interruption interruption) {
        SimulationTrace.Origin origin = trace.origin();
        Machine<?> machine = Protocols.of(loader).find(origin.protocol(), Optional.of(origin.stateType()));
        return play(machine, loader, interruption);
    }

    private <S> int play(Machine<S> machine, ClassLoader loader, Interruption interruption) {
        SimulationTrace.Origin origin = trace.origin();
        Kept kept = new Kept();
        new CommandLine(kept).parseArgs(origin.options().toArray(String[]::new));
        SimulationPlan<S> plan = kept.options.plan(trace, machine, loader, output);
        output.prose(origin.protocol() + ", scenario " + origin.scenario()
                + (origin.settings().isEmpty() ? "" : " " + origin.settings()) + ", " + trace.nodes() + " nodes, seed "
                + trace.seed() + ": " + trace.found().property());
        for (FaultOccurrence fault : trace.schedule()) {
            output.prose(String.format(
                    Locale.ROOT,
                    "%14.6f s  %s",
                    fault.at().toNanos() / 1e9,
                    fault.kind().label()));
        }
        TraceReplay<S> replay = TraceReplay.of(plan, trace, interruption::isRequested);
        if (replay.sighting().isEmpty() && interruption.isRequested()) {
            output.prose("unknown: interrupted");
            output.result(json("unknown", replay));
            return ExitCode.UNKNOWN;
        }
        replay.lines(interruption::isRequested).forEach(output::prose);
        String verdict = replay.hasDiverged() ? "diverged" : replay.sighting().isPresent() ? "violated" : "holds";
        if (replay.hasDiverged()) {
            output.hint(replay.divergence());
        } else {
            output.prose(sentence(verdict));
        }
        output.result(json(verdict, replay));
        return switch (verdict) {
            case "diverged" -> ExitCode.DIVERGED;
            case "violated" -> trace.found().isLiveness() ? ExitCode.LIVENESS_VIOLATED : ExitCode.SAFETY_VIOLATED;
            default -> ExitCode.DONE;
        };
    }

    private String sentence(String verdict) {
        String property = trace.found().property();
        return verdict.equals("violated")
                ? "violated: " + property + ", as it was saved"
                : "holds: " + property + " is not violated any more";
    }

    private Map<String, Object> json(String verdict, TraceReplay<?> replay) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trace", file.toString());
        json.put("protocol", trace.origin().protocol());
        json.put("scenario", trace.origin().scenario());
        json.put("settings", trace.origin().settings());
        json.put("property", trace.found().property());
        json.put("kind", trace.found().isLiveness() ? "liveness" : "safety");
        json.put("nodes", trace.nodes());
        json.put("seed", trace.seed());
        json.put("faults", trace.schedule().size());
        trace.script().ifPresent(script -> json.put("choices", script.matter()));
        json.put("verdict", verdict);
        replay.sighting().ifPresent(seen -> {
            json.put("event", seen.event());
            json.put("virtualSeconds", seen.atNanos() / 1e9);
            json.put("digest", seen.digest());
        });
        return json;
    }
}
