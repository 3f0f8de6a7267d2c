package dev.foresail.steering.cli;

import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.TraceStep;
import java.util.List;

/**
 * A violation as it is told.
 *
 * @param steps what was seen along its path
 * @param traceFile where the path is saved; empty when there is none, because a handler threw at the very beginning, or for
 *     the reason that {@code remark} says
 * @param remark why the path is not as it should be; empty when it is
 */
record FoundPath(Violation violation, List<TraceStep> steps, String traceFile, String remark) {
    FoundPath {
        steps = List.copyOf(steps);
    }

    /** Nobody has gone along its path again. */
    static FoundPath untold(Violation violation, String remark) {
        return new FoundPath(violation, List.of(), "", remark);
    }
}
