package dev.foresail.choice.machine;

import dev.foresail.choice.Multiset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A multiset that engines fill and that properties look at. Each method but {@link #values} takes constant time. Not thread-safe.
 *
 * @param <V> immutable, with an {@code equals} of its own
 */
public final class CountedMultiset<V> implements Multiset<V> {
    /** Linked, so that {@link #values} has the same order in the same run whatever hash codes are. */
    private final Map<V, Integer> counts = new LinkedHashMap<>();

    private final boolean complete;
    private int size;

    /** @param complete whether every node that is up will have contributed before anybody looks at it */
    public CountedMultiset(boolean complete) {
        this.complete = complete;
    }

    public void add(V value) {
        counts.merge(value, 1, Integer::sum);
        size++;
    }

    /** @throws IllegalStateException when it is not in it */
    public void remove(V value) {
        Integer count = counts.get(value);
        if (count == null) {
            throw new IllegalStateException(value + " is not in the multiset: a contribution has changed in place");
        }
        if (count == 1) {
            counts.remove(value);
        } else {
            counts.put(value, count - 1);
        }
        size--;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int distinct() {
        return counts.size();
    }

    @Override
    public int count(V value) {
        return counts.getOrDefault(value, 0);
    }

    @Override
    public Set<V> values() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
