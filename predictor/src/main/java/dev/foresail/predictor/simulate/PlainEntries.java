package dev.foresail.predictor.simulate;

import dev.foresail.predictor.simulate.PlainTables.PlainTimer;
import dev.foresail.predictor.simulate.queue.EventQueue;
import org.jspecify.annotations.Nullable;

/** Tells people of what is pending in a part of a plain protocol's nodes. Used by one thread at a time. */
final class PlainEntries {
    private PlainEntries() {}

    /** What an entry is, by what it carries. */
    static String kind(@Nullable Object what) {
        if (what instanceof PlainTimer timer) {
            return "timer " + timer.name;
        }
        return what == null || what instanceof PlainPart.NobodyThere
                ? "connection error"
                : "message " + what.getClass().getSimpleName();
    }

    /** Counts what a queue has, of which nothing is left then; not what {@code outdated} says of. */
    static PendingCount take(EventQueue queue, EventQueue.Filter outdated) {
        PendingCount count = new PendingCount();
        while (queue.next(EventQueue.LATEST_NANOS)) {
            if (!outdated.goes(queue.source(), queue.place(), queue.what())) {
                count.add(queue.source(), kind(queue.what()));
            }
        }
        return count;
    }
}
