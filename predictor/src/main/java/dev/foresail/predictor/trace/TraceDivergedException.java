package dev.foresail.predictor.trace;

import java.util.List;

/** FS251: what a trace says happened next is not possible: the protocol, or the model, is not what it was. */
public final class TraceDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int step;
    private final String expected;
    private final transient List<String> possible;
    private final transient List<TraceStep> seen;

    TraceDivergedException(int step, String expected, List<String> possible, List<TraceStep> seen) {
        super("[FS251] the replay diverges at step " + step + ": expected '" + expected + "', but possible are "
                + (possible.isEmpty() ? "no actions at all" : possible));
        this.step = step;
        this.expected = expected;
        this.possible = List.copyOf(possible);
        this.seen = List.copyOf(seen);
    }

    /** The number of the step that is not possible, from 1. */
    public int step() {
        return step;
    }

    /** What was seen of the steps before it; who replays them again may see less, as the protocol may do otherwise. */
    public List<TraceStep> seen() {
        return seen;
    }

    /** What the trace says happened. */
    public String expected() {
        return expected;
    }

    /** What is possible instead, the nearest first, at most five. */
    public List<String> possible() {
        return possible;
    }
}
