package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Host;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, in the total order (time, source, sequence of the source): independent of insertion order across
 * sources, so that partitions may later run side by side. Not thread-safe.
 */
final class EventQueue {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** One thing that is to happen. */
    static final class Entry implements Comparable<Entry>, Host.Alarm {
        final long atNanos;
        final int source;
        final long sequence;
        /** The endpoint of the node that this happens at; negative when it is at none. */
        final int place;

        private final Runnable action;
        private boolean cancelled;

        Entry(long atNanos, int source, long sequence, int place, Runnable action) {
            this.atNanos = atNanos;
            this.source = source;
            this.sequence = sequence;
            this.place = place;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        /** Does nothing once cancelled, which may be while it waits for a paused node. */
        void run() {
            if (!cancelled) {
                action.run();
            }
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            if (byTime != 0) {
                return byTime;
            }
            int bySource = Integer.compare(source, other.source);
            return bySource != 0 ? bySource : Long.compare(sequence, other.sequence);
        }
    }

    Entry add(long atNanos, int source, long sequence, int place, Runnable action) {
        Entry entry = new Entry(atNanos, source, sequence, place, action);
        entries.add(entry);
        return entry;
    }

    /** The next entry that is not cancelled and not later than {@code untilNanos}, or null. */
    @Nullable
    Entry next(long untilNanos) {
        while (!entries.isEmpty() && entries.peek().atNanos <= untilNanos) {
            Entry entry = entries.remove();
            if (!entry.cancelled) {
                return entry;
            }
        }
        return null;
    }
}
