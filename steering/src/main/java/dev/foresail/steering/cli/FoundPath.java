package dev.foresail.steering.cli;

import dev.foresail.predictor.search.Violation;
import java.util.List;

/**
 * A violation as it is told.
 *
 * @param traceFile where its path is saved; empty when it is not
 */
record FoundPath(Violation violation, List<Step> steps, String traceFile) {
    FoundPath {
        steps = List.copyOf(steps);
    }

    /**
     * One step of a path.
     *
     * @param step its number; the first is 1
     * @param action what happened, in words
     * @param changes what it changed, a line each
     */
    record Step(int step, String action, List<String> changes) {
        Step {
            changes = List.copyOf(changes);
        }
    }
}
