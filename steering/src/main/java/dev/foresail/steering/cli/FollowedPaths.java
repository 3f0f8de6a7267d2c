package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.path.PathFile;
import dev.foresail.predictor.path.PathFileException;
import dev.foresail.predictor.path.PathLog;
import dev.foresail.predictor.path.RecordedPaths;
import dev.foresail.predictor.simulate.SimulatedPaths;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The causal paths of one simulation, from {@code --paths}. Not thread-safe. */
final class FollowedPaths {
    private final Path file;
    private final String protocol;
    private final String command;
    private final List<DeclaredPath> declared;
    private final PathLog log = new PathLog(PathLog.MOST_KEPT);
    private LongSupplier nowNanos = () -> 0;

    /**
     * @param command as it was typed
     * @throws ConfigurationException FS521 when no path is declared
     */
    FollowedPaths(Path file, String protocol, String command, List<DeclaredPath> declared) {
        requireDeclared(declared);
        this.file = file;
        this.protocol = protocol;
        this.command = command;
        this.declared = declared;
    }

    /** @throws ConfigurationException FS521 when no path is declared */
    static void requireDeclared(List<DeclaredPath> declared) {
        if (declared.isEmpty()) {
            throw new ConfigurationException(
                    "FS521", "--paths: no path is declared; say in --config FILE what begins one, under 'paths'");
        }
    }

    void follow(Simulation<?> simulation) {
        nowNanos = simulation::nowNanos;
        SimulatedPaths.follow(simulation, declared, log);
    }

    /**
     * Writes the file, once the run is over, and says what is in it.
     *
     * @param outcome the run's
     * @param code the run's exit code, which stands when something was violated
     * @param json gets {@code paths} and, where events were not kept, {@code left}
     * @return the verb's exit code
     */
    int tell(SeedOutcome outcome, int code, Map<String, Object> json, Output output) {
        RecordedPaths.Run run = new RecordedPaths.Run(command, outcome.seed(), outcome.digest());
        RecordedPaths recorded =
                new RecordedPaths(protocol, run, declared, nowNanos.getAsLong(), log.left(), log.hops());
        PathReport report = new PathReport(recorded);
        report.print(output);
        report.addTo(json);
        int own = report.exitCode();
        try {
            PathFile.write(file, recorded);
            output.prose("paths: foresail paths " + Quoted.forShell(file.toString()));
        } catch (PathFileException unwritten) {
            output.hint(String.valueOf(unwritten.getMessage()));
            own = ExitCode.USAGE;
        }
        boolean outranks = code == ExitCode.DONE || code == ExitCode.UNKNOWN && own == ExitCode.NOT_MET;
        return outranks ? own : code;
    }
}
