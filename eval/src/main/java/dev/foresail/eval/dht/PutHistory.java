package dev.foresail.eval.dht;

import java.time.Duration;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which values were put, each once, and when that was acknowledged. Not thread-safe. */
final class PutHistory {
    private record Asked(long key, Duration time) {}

    private final SortedMap<Long, Asked> asked = new TreeMap<>();
    private final SortedMap<Long, Duration> acknowledged = new TreeMap<>();

    void asked(long value, long key, Duration time) {
        asked.put(value, new Asked(key, time));
    }

    /** Of a value that was asked; told again, the first time stands. */
    void acknowledged(long value, Duration time) {
        acknowledged.putIfAbsent(value, time);
    }

    /** How many puts were acknowledged. */
    int acknowledged() {
        return acknowledged.size();
    }

    /** Of acknowledged puts. */
    SortedSet<Long> keys() {
        SortedSet<Long> keys = new TreeSet<>();
        acknowledged.keySet().forEach(value -> keys.add(put(value).key()));
        return keys;
    }

    private Asked put(long value) {
        return Objects.requireNonNull(asked.get(value), () -> value + " was never put");
    }

    /** Whether the value was put under that key. */
    boolean isOf(long key, long value) {
        return asked.containsKey(value) && put(value).key() == key;
    }

    /** Whether a put was acknowledged that was asked for after this one was acknowledged. */
    boolean isReplaced(long key, long value) {
        Duration since = acknowledged.get(value);
        return since != null
                && isOf(key, value)
                && acknowledged.keySet().stream()
                        .map(this::put)
                        .anyMatch(later -> later.key() == key && later.time().compareTo(since) > 0);
    }

    /** Of puts that were under way together any may be the last. */
    boolean mayBeLast(long key, long value) {
        return isOf(key, value) && !isReplaced(key, value);
    }
}
