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
        private final Runnable action;
        private boolean cancelled;

        Entry(long atNanos, int source, long sequence, Runnable action) {
            this.atNanos = atNanos;
            this.source = source;
            this.sequence = sequence;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        void run() {
            action.run();
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

    Entry add(long atNanos, int source, long sequence, Runnable action) {
        Entry entry = new Entry(atNanos, source, sequence, action);
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
