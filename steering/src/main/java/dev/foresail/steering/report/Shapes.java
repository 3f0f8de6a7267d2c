package dev.foresail.steering.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what kind of figures something is by what it holds. Pure functions. */
final class Shapes {
    private static final List<String> MIDDLES = List.of("p50", "median");

    private Shapes() {}

    static boolean isScalar(Object value) {
        return !(value instanceof Map || value instanceof List);
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    static boolean isNumbers(Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Shapes::isNumber);
    }

    @SuppressWarnings("unchecked") // what ResultReader makes has texts as keys
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Least, greatest and middle of several runs, and what else is known of them. */
    static boolean isDistribution(Object value) {
        return value instanceof Map<?, ?> map
                && isNumber(map.get("min"))
                && isNumber(map.get("max"))
                && MIDDLES.stream().anyMatch(middle -> isNumber(map.get(middle)));
    }

    /** The middle of a distribution. */
    static double middle(Map<String, Object> distribution) {
        return MIDDLES.stream()
                .map(distribution::get)
                .filter(Shapes::isNumber)
                .mapToDouble(middle -> ((Number) middle).doubleValue())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** How often each figure was met: numbers by name. */
    static boolean isCounts(Object value) {
        return value instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.keySet().stream().allMatch(key -> String.valueOf(key).matches("-?[0-9.]+"))
                && map.values().stream().allMatch(Shapes::isNumber);
    }

    /** A map that is a row of a table: nothing in it goes deeper than counts. */
    static boolean isRow(Object value) {
        return value instanceof Map<?, ?> map
                && map.values().stream().allMatch(inner -> isScalar(inner) || isCounts(inner));
    }

    /** Whether two maps say the same things of different matters: most names of the one are names of the other. */
    static boolean isAlike(Map<String, Object> one, Map<String, Object> other) {
        Set<String> shared = new LinkedHashSet<>(one.keySet());
        shared.retainAll(other.keySet());
        Set<String> all = new LinkedHashSet<>(one.keySet());
        all.addAll(other.keySet());
        return !shared.isEmpty() && 2 * shared.size() >= all.size();
    }

    /** The maps among the values, those alike together, in the order of the first of each. */
    static List<Map<String, Map<String, Object>>> alike(Map<String, Object> figures) {
        List<Map<String, Map<String, Object>>> groups = new ArrayList<>();
        figures.forEach((name, value) -> {
            if (value instanceof Map<?, ?> && !isCounts(value)) {
                groups.stream()
                        .filter(group -> isAlike(group.values().iterator().next(), map(value)))
                        .findFirst()
                        .orElseGet(() -> {
                            Map<String, Map<String, Object>> added = new LinkedHashMap<>();
                            groups.add(added);
                            return added;
                        })
                        .put(name, map(value));
            }
        });
        return groups;
    }
}
