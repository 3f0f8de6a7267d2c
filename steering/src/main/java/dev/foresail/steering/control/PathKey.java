package dev.foresail.steering.control;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceStep;
import java.util.List;

/** What makes two bad paths the same. */
record PathKey(String property, List<String> steps) {
    PathKey {
        steps = List.copyOf(steps);
    }

    static PathKey of(Trace trace) {
        return new PathKey(
                trace.header().property(),
                trace.steps().stream()
                        .map(TraceStep::happening)
                        .map(TraceStep.Happening::text)
                        .toList());
    }
}
