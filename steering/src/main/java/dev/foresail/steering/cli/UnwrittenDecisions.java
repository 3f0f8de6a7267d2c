package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.DecisionFileException;
import java.util.Optional;

/** What is said of decisions that could not be written down, once everything is said of the run itself. Stateless. */
final class UnwrittenDecisions {
    private UnwrittenDecisions() {}

    /**
     * Tells of it.
     *
     * @param failure empty when all were written
     * @param code the run's exit code, which stands unless nothing else was wrong
     * @return the verb's exit code
     */
    static int tell(Optional<DecisionFileException> failure, int code, Output output) {
        failure.ifPresent(unwritten -> output.hint("[" + unwritten.code() + "] " + unwritten.problem()));
        return failure.isPresent() && code == ExitCode.DONE ? ExitCode.USAGE : code;
    }
}
