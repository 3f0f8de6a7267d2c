package dev.foresail.steering.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows whatever an experiment found out, by its shape alone: single figures as a table of names and values; things that are
 * alike as one table with a row for each, and charts; distributions over seeds as ranges; lists of numbers as dots; what is
 * none of that, one within the other.
 */
final class FiguresView {
    private static final int MOST_ROWS = 400;
    private static final int MOST_CHARTED = 60;
    private static final int MOST_CHARTS = 6;
    private static final List<String> RUN_NAMES = List.of("seed", "run", "number", "topology");

    private final Markup out;

    private FiguresView(Markup out) {
        this.out = out;
    }

    /** @param figures maps with text keys, lists, texts, numbers and booleans */
    static Markup of(Map<String, Object> figures) {
        Markup out = new Markup();
        new FiguresView(out).show(figures);
        return out;
    }

    private void show(Map<String, Object> figures) {
        Map<String, Object> single = new LinkedHashMap<>(figures);
        single.values().removeIf(value -> !Shapes.isScalar(value) && !Shapes.isCounts(value));
        if (!single.isEmpty()) {
            pairs(single);
        }
        for (Map<String, Map<String, Object>> group : Shapes.alike(figures)) {
            if (group.size() > 1
                    || Shapes.isDistribution(group.values().iterator().next())) {
                families(Family.of(group));
            } else {
                group.forEach((name, inner) -> section(Words.of(name), () -> show(inner)));
            }
        }
        figures.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                section(Words.of(name), () -> list(Words.of(name), list));
            }
        });
    }

    private void section(String title, Runnable content) {
        out.open("section", "class", "part").element("h4", title);
        content.run();
        out.close().line();
    }

    private void pairs(Map<String, Object> single) {
        out.open("table", "class", "pairs").open("tbody");
        single.forEach((name, value) -> out.open("tr")
                .element("th", Words.of(name), "scope", "row")
                .element("td", cell(value))
                .close());
        out.close().close().line();
    }

    private void families(Family family) {
        boolean isDistributions = family.rows().stream().allMatch(row -> Shapes.isDistribution(row.figures()));
        if (isDistributions) {
            table(family, new ArrayList<>(family.names()));
            return;
        }
        family.unfolded().forEach(this::family);
    }

    private void family(Family family) {
        List<String> rows = family.namesOf(value -> Shapes.isScalar(value) || Shapes.isCounts(value));
        List<String> telling =
                rows.stream().filter(name -> isTelling(family, name)).toList();
        if (!telling.isEmpty()) {
            charts(family, telling);
            table(family, telling);
        }
        sameForAll(family, rows, telling);
        if (family.names().isEmpty()) {
            list("", family.rows().stream().map(Family.Row::label).toList());
        }
        List<String> lists = new ArrayList<>();
        for (String name : family.names()) {
            if (rows.contains(name)) {
                continue;
            }
            if (family.namesOf(Shapes::isDistribution).contains(name)) {
                section(Words.of(name), () -> distributions(Words.of(name), family.inside(name)));
            } else if (family.namesOf(Shapes::isRow).contains(name)) {
                Family inside = family.inside(name);
                section(Words.of(name), () -> table(inside, new ArrayList<>(inside.names())));
            } else if (family.namesOf(Shapes::isNumbers).contains(name)) {
                section(Words.of(name), () -> dots(Words.of(name), family, name));
            } else {
                lists.add(name);
            }
        }
        if (!lists.isEmpty()) {
            family.rows().forEach(row -> within(row, lists));
        }
    }

    /** A column with the same in every row says it once. */
    private static boolean isTelling(Family family, String name) {
        return family.rows().size() == 1
                || family.rows().stream()
                                .map(row -> String.valueOf(row.figures().get(name)))
                                .distinct()
                                .count()
                        > 1;
    }

    private void sameForAll(Family family, List<String> names, List<String> telling) {
        String same = names.stream()
                .filter(name -> !telling.contains(name))
                .map(name -> Words.of(name) + " "
                        + cell(family.rows().get(0).figures().getOrDefault(name, "")))
                .collect(Collectors.joining(", "));
        if (!same.isEmpty()) {
            out.element("p", "The same for all " + family.rows().size() + ": " + same + ".", "class", "quiet")
                    .line();
        }
    }

    /** What is no table, row by row, folded away. */
    private void within(Family.Row row, List<String> names) {
        Map<String, Object> some = new LinkedHashMap<>(row.figures());
        some.keySet().retainAll(names);
        if (!some.isEmpty()) {
            out.open("details").element("summary", row.label());
            show(some);
            out.close().line();
        }
    }

    private void distributions(String title, Family inside) {
        List<Charts.Range> ranges = inside.rows().stream()
                .limit(MOST_CHARTED)
                .map(row -> new Charts.Range(
                        row.label(),
                        number(row.figures().get("min")),
                        Shapes.middle(row.figures()),
                        number(row.figures().get("p95")),
                        number(row.figures().get("max"))))
                .toList();
        if (ranges.stream().anyMatch(range -> Double.isFinite(range.middle()))) {
            figure(title + ": least, median (dot), 95 % (thick) and greatest", Charts.ranges(title, ranges));
        }
        table(inside, new ArrayList<>(inside.names()));
    }

    private void dots(String title, Family family, String name) {
        List<Charts.Points> points = family.rows().stream()
                .filter(row -> row.figures().get(name) instanceof List)
                .limit(MOST_CHARTED)
                .map(row -> new Charts.Points(
                        row.label(), numbers((List<?>) row.figures().getOrDefault(name, List.of()))))
                .toList();
        figure(title + ": a dot for each run, a line at the median", Charts.dots(title, points));
    }

    private void list(String title, List<?> list) {
        if (list.isEmpty()) {
            out.element("p", "none", "class", "quiet");
        } else if (Shapes.isNumbers(list)) {
            figure(
                    title + ": a dot for each run, a line at the median",
                    Charts.dots(title, List.of(new Charts.Points(title, numbers(list)))));
            folded("the values", list.stream().map(Words::of).collect(Collectors.joining(", ")));
        } else if (list.stream().allMatch(Map.class::isInstance)) {
            listOfMaps(title, list);
        } else if (list.stream().allMatch(Shapes::isScalar)) {
            out.open("ul");
            list.stream().limit(MOST_ROWS).forEach(element -> out.element("li", Words.of(element)));
            out.close();
            left(list.size());
        } else {
            Map<String, Object> numbered = new LinkedHashMap<>();
            for (Object element : list) {
                numbered.put("#" + (numbered.size() + 1), element);
            }
            show(numbered);
        }
    }

    private void listOfMaps(String title, List<?> list) {
        List<Family.Row> rows = new ArrayList<>();
        for (Object element : list) {
            Map<String, Object> figures = new LinkedHashMap<>(Shapes.map(element));
            String label = labelOf(figures);
            figures.remove(label);
            rows.add(new Family.Row(
                    List.of(
                            label.isEmpty()
                                    ? "#" + (rows.size() + 1)
                                    : nameOf(label, Shapes.map(element).getOrDefault(label, ""))),
                    figures));
        }
        Family family = new Family(rows);
        boolean isRuns = RUN_NAMES.stream().anyMatch(Shapes.map(list.get(0))::containsKey);
        List<String> columns = family.namesOf(Shapes::isNumber);
        if (isRuns && rows.size() > 1 && !columns.isEmpty()) {
            List<Charts.Points> points = columns.stream()
                    .limit(MOST_CHARTED)
                    .map(column -> new Charts.Points(
                            Words.of(column),
                            numbers(rows.stream()
                                    .filter(row -> row.figures().containsKey(column))
                                    .map(row -> row.figures().get(column))
                                    .toList())))
                    .toList();
            figure(
                    title + ": a dot for each of " + rows.size() + " runs, a line at the median",
                    Charts.dots(title, points));
            table(family, family.namesOf(value -> Shapes.isScalar(value) || Shapes.isCounts(value)));
        } else {
            family(family);
        }
    }

    /** What tells the maps of a list apart: a run's number, else the first text. */
    private static String labelOf(Map<String, Object> figures) {
        return RUN_NAMES.stream()
                .filter(figures::containsKey)
                .findFirst()
                .or(() -> figures.entrySet().stream()
                        .filter(figure -> figure.getValue() instanceof String)
                        .map(Map.Entry::getKey)
                        .findFirst())
                .orElse("");
    }

    private static String nameOf(String label, Object value) {
        return RUN_NAMES.contains(label) ? label + " " + Words.of(value) : Words.of(value);
    }

    private void charts(Family family, List<String> names) {
        boolean isSmall = family.rows().size() > 1 && family.rows().size() <= MOST_CHARTED;
        if (!isSmall) {
            return;
        }
        List<String> drawn = names.stream()
                .filter(name -> family.namesOf(Shapes::isNumber).contains(name))
                .filter(name -> differs(family, name))
                .limit(MOST_CHARTS)
                .toList();
        out.open("div", "class", "charts");
        for (String name : drawn) {
            List<Charts.Point> points = family.rows().stream()
                    .filter(row -> row.figures().containsKey(name))
                    .map(row ->
                            new Charts.Point(row.label(), number(row.figures().get(name))))
                    .toList();
            figure(Words.of(name), Charts.bars(Words.of(name), points));
        }
        out.close().line();
    }

    /** A chart of the same bar over and over says nothing. */
    private static boolean differs(Family family, String name) {
        return family.rows().stream()
                        .map(row -> number(row.figures().get(name)))
                        .filter(Double::isFinite)
                        .distinct()
                        .count()
                > 1;
    }

    private void table(Family family, List<String> columns) {
        boolean isNamed = family.rows().size() > 0;
        out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "table")
                .open("table")
                .open("thead")
                .open("tr");
        int labels = family.rows().stream()
                .mapToInt(row -> row.labels().size())
                .max()
                .orElse(0);
        for (int label = 0; isNamed && label < labels; label++) {
            out.element("td", "");
        }
        columns.forEach(column -> out.element("th", Words.of(column), "scope", "col"));
        out.close().close().line().open("tbody");
        family.rows().stream().limit(MOST_ROWS).forEach(row -> {
            out.open("tr");
            for (int label = 0; label < labels; label++) {
                out.element("th", label < row.labels().size() ? row.labels().get(label) : "", "scope", "row");
            }
            columns.forEach(column -> {
                Object value = row.figures().get(column);
                out.element(
                        "td", value == null ? "" : cell(value), "class", value instanceof Number ? "number" : "word");
            });
            out.close().line();
        });
        out.close().close().close().line();
        left(family.rows().size());
    }

    private void left(int rows) {
        if (rows > MOST_ROWS) {
            out.element("p", (rows - MOST_ROWS) + " more are in the JSON beside this page.", "class", "quiet");
        }
    }

    private void figure(String caption, Markup chart) {
        out.open("figure").element("figcaption", caption).add(chart).close().line();
    }

    private void folded(String title, String text) {
        out.open("details").element("summary", title).element("p", text).close();
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static List<Double> numbers(List<?> list) {
        return list.stream().map(FiguresView::number).toList();
    }

    private static String cell(Object value) {
        if (value instanceof Map<?, ?> counts) {
            return counts.entrySet().stream()
                    .map(count -> count.getKey() + ": " + Words.of(count.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return Words.of(value);
    }
}
