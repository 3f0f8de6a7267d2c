package dev.foresail.predictor.simulate.queue;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeSet;

/** A queue that sorts its entries by (time, source, sequence) and by nothing else. */
final class NaiveQueue {
    private final TreeSet<Entry> entries = new TreeSet<>(Comparator.comparingLong(Entry::atNanos)
            .thenComparingInt(Entry::source)
            .thenComparingLong(Entry::sequence));

    /**
     * @param sequence its number among all
     * @param place what tells it from others
     */
    record Entry(long atNanos, int source, long sequence, int place) {}

    void add(Entry entry) {
        entries.add(entry);
    }

    void cancel(Entry entry) {
        entries.remove(entry);
    }

    int size() {
        return entries.size();
    }

    /** Any of those that are pending, the same for the same number. */
    Optional<Entry> any(int number) {
        Iterator<Entry> iterator = entries.iterator();
        for (int skipped = 0; skipped < number && iterator.hasNext(); skipped++) {
            iterator.next();
        }
        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    Optional<Entry> next(long untilNanos) {
        if (entries.isEmpty() || entries.first().atNanos() > untilNanos) {
            return Optional.empty();
        }
        return Optional.of(entries.pollFirst());
    }
}
