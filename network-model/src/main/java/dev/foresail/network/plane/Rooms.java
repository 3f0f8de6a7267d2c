package dev.foresail.network.plane;

import java.util.Comparator;
import java.util.Map;

/** Keeps maps of what others say within their limits. */
final class Rooms {
    /** So many of them go at once, so that a stream of newcomers does not look through all each time. */
    private static final int SHARE = 16;

    private Rooms() {}

    /** Where a map has as many entries as it may, drops the first ones in the given order. */
    static <K, V> void make(Map<K, V> map, int most, Comparator<V> firstToGo) {
        if (map.size() >= most) {
            map.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(firstToGo))
                    .limit(Math.max(1, most / SHARE))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(map::remove);
        }
    }
}
