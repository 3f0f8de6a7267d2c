package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Latencies;

/**
 * When something pending can happen, in units of time from the last event on.
 *
 * @param earliest at least 0
 * @param latest at least {@code earliest}; {@link #NEVER} when there is no bound
 */
record Span(long earliest, long latest) {
    static final long NEVER = Long.MAX_VALUE;
    static final Span ANY_TIME = new Span(0, NEVER);

    /** Rounded so that no time is lost. */
    static Span ofNanos(long earliest, long latest, long unitNanos) {
        return new Span(
                earliest / unitNanos,
                latest == Latencies.UNBOUNDED ? NEVER : latest / unitNanos + (latest % unitNanos == 0 ? 0 : 1));
    }

    /** After at least {@code least} and at most {@code most} have passed without its having happened. */
    Span passed(long least, long most) {
        // What has not happened is not overdue: it happens now at the earliest.
        return new Span(Math.max(0, earliest - most), latest == NEVER ? NEVER : latest - least);
    }

    Span withoutLatest() {
        return new Span(earliest, NEVER);
    }

    void write(StateWriter out) {
        out.writeLong(earliest);
        out.writeLong(latest);
    }
}
