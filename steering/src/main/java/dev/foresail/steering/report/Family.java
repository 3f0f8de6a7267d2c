package dev.foresail.steering.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Figures of several things that are alike: settings, forms, topologies. Immutable.
 *
 * @param rows at least one
 */
record Family(List<Row> rows) {
    /** Settings, forms in them, and a kind of measurement of those. */
    private static final int MOST_LABELS = 3;

    Family {
        rows = List.copyOf(rows);
    }

    /** One of them, named from the outside in, such as a setting and a form in it. */
    record Row(List<String> labels, Map<String, Object> figures) {
        String label() {
            return String.join(" · ", labels);
        }

        private Row inner(String name) {
            List<String> longer = new ArrayList<>(labels);
            longer.add(Words.of(name));
            return new Row(longer, Shapes.map(figures.getOrDefault(name, Map.of())));
        }

        private Row only(Predicate<String> wanted) {
            Map<String, Object> some = new LinkedHashMap<>(figures);
            some.keySet().removeIf(wanted.negate());
            return new Row(labels, some);
        }
    }

    static Family of(Map<String, Map<String, Object>> members) {
        List<Row> rows = new ArrayList<>();
        members.forEach((name, figures) -> rows.add(new Row(List.of(Words.of(name)), figures)));
        return new Family(rows);
    }

    /** The names of the rows' figures, in the order in which they are met. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.figures().keySet()));
        return names;
    }

    /** Those names of which every figure that there is, is like this. */
    List<String> namesOf(Predicate<Object> shape) {
        return names().stream()
                .filter(name -> rows.stream()
                        .filter(row -> row.figures().containsKey(name))
                        .allMatch(row -> shape.test(row.figures().get(name))))
                .toList();
    }

    /** The rows that have such a figure, with what is in it. */
    Family inside(String name) {
        return new Family(rows.stream()
                .filter(row -> row.figures().get(name) instanceof Map)
                .map(row -> new Row(row.labels(), Shapes.map(row.figures().get(name))))
                .toList());
    }

    /** As deep as members of the rows are alike themselves, with what belongs to the rows as families of their own. */
    List<Family> unfolded() {
        Set<String> inner = rows.get(0).labels().size() < MOST_LABELS ? alikeInAllRows() : Set.of();
        if (inner.isEmpty()) {
            return List.of(this);
        }
        List<Family> families = new ArrayList<>();
        Family rest = new Family(rows.stream()
                .map(row -> row.only(name -> !inner.contains(name)))
                .filter(row -> !row.figures().isEmpty())
                .toList());
        if (!rest.rows().isEmpty()) {
            families.add(rest);
        }
        Family deeper = new Family(rows.stream()
                .flatMap(row -> inner.stream()
                        .filter(name -> row.figures().get(name) instanceof Map)
                        .map(row::inner))
                .toList());
        families.addAll(deeper.unfolded());
        return families;
    }

    /** The largest set of members that are alike within the first row, when every row has some of them. */
    private Set<String> alikeInAllRows() {
        Set<String> largest = Set.of();
        for (Map<String, Map<String, Object>> group : Shapes.alike(rows.get(0).figures())) {
            boolean nested = group.size() > 1
                    && group.size() > largest.size()
                    && group.values().stream().noneMatch(Shapes::isDistribution);
            if (nested && rows.stream().allMatch(row -> hasAny(row, group.keySet()))) {
                largest = group.keySet();
            }
        }
        return largest;
    }

    private static boolean hasAny(Row row, Set<String> names) {
        return names.stream().anyMatch(name -> row.figures().get(name) instanceof Map);
    }
}
