package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.DecisionFileException;
import dev.foresail.steering.config.ConfigurationException;
import java.util.Optional;

/** What is said of records of a run that could not be written down, once everything is said of the run itself. Stateless. */
final class UnwrittenRecords {
    private UnwrittenRecords() {}

    /**
     * Tells of decisions.
     *
     * @param failure empty when all were written
     * @param code the run's exit code, which stands unless nothing else was wrong
     * @return the verb's exit code
     */
    static int tell(Optional<DecisionFileException> failure, int code, Output output) {
        return tellText(failure.map(unwritten -> "[" + unwritten.code() + "] " + unwritten.problem()), code, output);
    }

    /** Tells of what nodes have done; see {@link #tell}. */
    static int tellOfLog(Optional<ConfigurationException> failure, int code, Output output) {
        return tellText(failure.map(unwritten -> unwritten.problems().get(0).toString()), code, output);
    }

    private static int tellText(Optional<String> failure, int code, Output output) {
        failure.ifPresent(output::hint);
        return failure.isPresent() && code == ExitCode.DONE ? ExitCode.USAGE : code;
    }
}
