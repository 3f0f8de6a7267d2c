package dev.foresail.steering.cli;

import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.TraceStep;
import java.util.List;

/**
 * A violation as it is told.
 *
 * @param steps what was seen along its path
 * @param traceFile where the path is saved; empty when there is none, because a handler threw at the very beginning
 */
record FoundPath(Violation violation, List<TraceStep> steps, String traceFile) {
    FoundPath {
        steps = List.copyOf(steps);
    }
}
