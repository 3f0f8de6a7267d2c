package dev.foresail.predictor.simulate;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Counts what is pending, by what it is and whose it is. Not thread-safe. */
final class PendingCount {
    private final SortedMap<String, Kind> kinds = new TreeMap<>();

    private static final class Kind {
        final String name;
        /** By the source's endpoint. */
        final SortedMap<Integer, Long> bySource = new TreeMap<>();

        long count;

        Kind(String name) {
            this.name = name;
        }

        void add(int source) {
            count++;
            bySource.merge(source, 1L, Long::sum);
        }

        /** The source that has most; the first of several. */
        Map.Entry<Integer, Long> most() {
            return bySource.entrySet().stream()
                    .max(Map.Entry.<Integer, Long>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElseThrow();
        }
    }

    /** @param kind for people */
    void add(int source, String kind) {
        kinds.computeIfAbsent(kind, Kind::new).add(source);
    }

    private Kind mostFrequent() {
        return kinds.values().stream()
                .max(Comparator.comparingLong(kind -> kind.count))
                .orElseThrow();
    }

    /**
     * Who has most of the most frequent kind, the first of several. Something must have been counted.
     *
     * @param names the node of an endpoint, or of {@link Simulation#WORLD}, for people
     */
    Culprit culprit(IntFunction<String> names) {
        Kind kind = mostFrequent();
        return new Culprit(names.apply(kind.most().getKey()), kind.name);
    }

    /** How many are of the most frequent kind. */
    long ofKind() {
        return mostFrequent().count;
    }

    /** How many of these are the culprit's. */
    long ofCulprit() {
        return mostFrequent().most().getValue();
    }
}
