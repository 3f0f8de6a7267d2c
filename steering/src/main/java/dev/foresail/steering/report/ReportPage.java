package dev.foresail.steering.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A page of HTML on what experiments have measured, for somebody who was not there. It holds all it needs and asks nobody for
 * anything. Immutable.
 */
public final class ReportPage {
    private static final String WITHIN_INTERVAL = "withininterval";

    private final List<Measurement> measurements;
    private final SortedMap<String, String> known;
    private final String written;
    private final List<String> commands;

    /**
     * @param measurements in the order in which they are shown
     * @param known what each experiment that there is asks, by its name; those that were not measured are named, too
     * @param written by which version, and when, for people
     * @param commands those that make this report again
     */
    public ReportPage(
            List<Measurement> measurements, Map<String, String> known, String written, List<String> commands) {
        this.measurements = List.copyOf(measurements);
        this.known = new TreeMap<>(known);
        this.written = written;
        this.commands = List.copyOf(commands);
    }

    /** The names of experiments of which there is nothing. */
    public List<String> notMeasured() {
        List<String> names = new ArrayList<>(known.keySet());
        measurements.forEach(measurement -> names.remove(measurement.name()));
        return names;
    }

    /** How many bars there are, how many of them hold, and how it stands with the experiments. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiments", measurements.size());
        for (Measurement.State state : Measurement.State.values()) {
            summary.put(state.name().toLowerCase(Locale.ROOT).replace('_', '-'), count(state));
        }
        summary.put("bars", bars());
        summary.put("barsThatHold", barsThatHold());
        summary.put("notMeasured", notMeasured());
        return summary;
    }

    private long count(Measurement.State state) {
        return measurements.stream()
                .filter(measurement -> measurement.state() == state)
                .count();
    }

    private int bars() {
        return measurements.stream()
                .mapToInt(measurement -> measurement.bars().size())
                .sum();
    }

    private int barsThatHold() {
        return measurements.stream().mapToInt(Measurement::barsThatHold).sum();
    }

    /** The whole page. */
    public String html() {
        Markup out = new Markup();
        out.open("html", "lang", "en").line().open("head").line();
        out.single("meta", "charset", "utf-8").line();
        out.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        out.single("meta", "name", "color-scheme", "content", "light dark").line();
        out.single(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .line();
        out.element("title", "Foresail: what the experiments say").line();
        return "<!DOCTYPE html>\n" + out + "<style>\n" + style() + "</style>\n</head>\n" + body() + "</html>\n";
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the report's own style", unreadable);
        }
    }

    private Markup body() {
        Markup out = new Markup().open("body").line().open("main").line();
        out.element("h1", "What the experiments say");
        out.element("p", verdict(), "class", "verdict").line();
        out.element("p", written, "class", "quiet").line();
        overview(out);
        missed(out);
        reading(out);
        for (int index = 0; index < measurements.size(); index++) {
            experiment(out, measurements.get(index), anchor(index));
        }
        out.open("section").element("h2", "This report again");
        commands(out, commands);
        return out.close().close().close().line();
    }

    private static String anchor(int index) {
        return "experiment-" + (index + 1);
    }

    private String verdict() {
        StringBuilder verdict = new StringBuilder();
        verdict.append(barsThatHold()).append(" of ").append(bars()).append(" bars hold, in ");
        verdict.append(measurements.size()).append(measurements.size() == 1 ? " experiment" : " experiments");
        long failed = count(Measurement.State.FAILED);
        verdict.append(failed == 0 ? "" : "; " + failed + " failed");
        long partial = count(Measurement.State.PARTIAL);
        verdict.append(partial == 0 ? "" : "; " + partial + " interrupted");
        long quick = measurements.stream().filter(Measurement::isQuick).count();
        verdict.append(quick == 0 ? "" : "; " + quick + " reduced, whose figures are not for quoting");
        return verdict.append('.').toString();
    }

    private void overview(Markup out) {
        out.open("section").element("h2", "Overview");
        out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "overview")
                .open("table")
                .open("thead")
                .open("tr");
        for (String heading : List.of("experiment", "state", "bars that hold", "seeds", "what it asks")) {
            out.element("th", heading, "scope", "col");
        }
        out.close().close().line().open("tbody");
        for (int index = 0; index < measurements.size(); index++) {
            Measurement measurement = measurements.get(index);
            boolean failed = measurement.state() == Measurement.State.FAILED;
            out.open("tr")
                    .open("th", "scope", "row")
                    .element("a", measurement.experiment(), "href", "#" + anchor(index))
                    .close()
                    .open("td")
                    .add(badge(measurement.state()))
                    .close()
                    .element(
                            "td",
                            failed
                                    ? "–"
                                    : measurement.barsThatHold() + " of "
                                            + measurement.bars().size())
                    .element(
                            "td",
                            measurement.seeds() == 0 ? "–" : Words.number((double) measurement.seeds()),
                            "class",
                            "number")
                    .element("td", known.getOrDefault(measurement.name(), ""))
                    .close()
                    .line();
        }
        out.close().close().close().line();
        notMeasured(out);
        out.close().line();
    }

    private void notMeasured(Markup out) {
        List<String> names = notMeasured();
        if (names.isEmpty()) {
            return;
        }
        out.open("details").element("summary", "Not measured: " + names.size()).open("table", "class", "pairs");
        out.open("tbody");
        for (String name : names) {
            out.open("tr")
                    .element("th", name, "scope", "row")
                    .element("td", known.getOrDefault(name, ""))
                    .close();
        }
        out.close().close().close().line();
    }

    private static Markup badge(Measurement.State state) {
        String kind = switch (state) {
            case HOLDS -> "ok";
            case MISSES, FAILED -> "bad";
            case PARTIAL, NO_BARS -> "neither";
        };
        String sign = switch (state) {
            case HOLDS -> "✓ ";
            case MISSES, FAILED -> "✗ ";
            case PARTIAL, NO_BARS -> "";
        };
        return new Markup().element("span", sign + state.words(), "class", "badge " + kind);
    }

    private void missed(Markup out) {
        boolean none = barsThatHold() == bars() && count(Measurement.State.FAILED) == 0;
        if (none) {
            return;
        }
        out.open("section").element("h2", "What does not hold").open("ul");
        for (int index = 0; index < measurements.size(); index++) {
            Measurement measurement = measurements.get(index);
            if (!measurement.failure().isEmpty()) {
                missed(out, index, "it failed: " + firstLine(measurement.failure()));
            }
            for (Measurement.Bar bar : measurement.bars()) {
                if (!bar.holds()) {
                    missed(
                            out,
                            index,
                            bar.name() + " is " + withUnit(bar) + "; asked: "
                                    + (bar.threshold() + " " + bar.unit()).strip());
                }
            }
        }
        out.close().close().line();
    }

    private void missed(Markup out, int index, String words) {
        out.open("li")
                .element("a", measurements.get(index).experiment(), "href", "#" + anchor(index))
                .text(": " + words)
                .close()
                .line();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String withUnit(Measurement.Bar bar) {
        return (Words.number(bar.value()) + (Double.isFinite(bar.value()) ? " " + bar.unit() : "")).strip();
    }

    private static void reading(Markup out) {
        out.open("details").element("summary", "How to read this page");
        out.element(
                "p",
                "A bar is a figure that was asked for before it was measured, with a threshold. Each experiment shows its bars, then"
                        + " everything else that it found out: things that are compared stand in one table, with charts above it."
                        + " A range goes from the least to the greatest of the runs, its thick part ends where 95 % of them lie, its dot"
                        + " is the median. A dash is a figure that could not be told.");
        out.element(
                "p",
                "Prediction is calibrated when about 80 % of what came lay within the intervals of 80 % that were stated:"
                        + " 75 to 85 % is asked for.");
        out.element(
                "p",
                "Figures of time differ from machine to machine; what is simulated is the same everywhere for the same seeds. Every"
                        + " experiment names the command that repeats it; --seed-base moves all its seeds to some that nobody has"
                        + " looked at. The same figures stand in the JSON file beside this page.");
        out.close().line();
    }

    private void experiment(Markup out, Measurement measurement, String anchor) {
        out.open("section", "class", "experiment", "id", anchor).line();
        out.open("h2")
                .text(measurement.experiment() + " ")
                .add(badge(measurement.state()))
                .close();
        String asks = known.getOrDefault(measurement.name(), "");
        out.element("p", asks.isEmpty() ? "An experiment that this version does not know." : asks + ".");
        if (!measurement.failure().isEmpty()) {
            out.element("p", "It has no result (" + measurement.origin() + "):").element("pre", measurement.failure());
            out.close().line();
            return;
        }
        if (measurement.isPartial()) {
            out.element("p", "It was interrupted: its bars say nothing of the whole experiment.", "class", "warning");
        }
        if (measurement.isQuick()) {
            out.element("p", "This is the reduced version: its figures are not for quoting.", "class", "warning");
        }
        bars(out, measurement);
        calibration(out, measurement);
        if (!measurement.results().isEmpty()) {
            out.element("h3", "What else it found out").line();
            out.add(FiguresView.of(measurement.results()));
        }
        out.element("h3", "To repeat it");
        commands(out, measurement.commands());
        out.element("p", conditions(measurement), "class", "quiet").close().line();
    }

    private static void bars(Markup out, Measurement measurement) {
        if (measurement.bars().isEmpty()) {
            return;
        }
        out.element("h3", "Bars")
                .open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "bars")
                .open("table", "class", "bars")
                .open("thead")
                .open("tr");
        for (String heading : List.of("bar", "figure", "unit", "asked", "holds", "beside the threshold")) {
            out.element("th", heading, "scope", "col");
        }
        out.close().close().line().open("tbody");
        for (Measurement.Bar bar : measurement.bars()) {
            out.open("tr")
                    .element("th", bar.name(), "scope", "row")
                    .element("td", Words.number(bar.value()), "class", "number")
                    .element("td", bar.unit())
                    .element("td", bar.threshold(), "class", "asked")
                    .element("td", bar.holds() ? "✓ yes" : "✗ no", "class", bar.holds() ? "yes" : "no")
                    .open("td")
                    .add(Charts.threshold(
                            withUnit(bar) + ", asked " + bar.threshold(),
                            bar.value(),
                            thresholdOf(bar.threshold()),
                            bar.holds()))
                    .close()
                    .close()
                    .line();
        }
        out.close().close().close().line();
    }

    /** NaN when it is not a sign and a number. */
    private static double thresholdOf(String threshold) {
        String number = threshold.replaceFirst("^[<>=]+\\s*", "");
        return number.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?") ? Double.parseDouble(number) : Double.NaN;
    }

    private static void calibration(Markup out, Measurement measurement) {
        List<Charts.Point> points = new ArrayList<>();
        collect("", measurement.results(), points);
        if (!points.isEmpty()) {
            out.element("h3", "Calibration of predictions")
                    .open("figure")
                    .element(
                            "figcaption",
                            "share of outcomes within the stated intervals of 80 %; the band is what is asked for")
                    .add(Charts.calibration("calibration", points))
                    .close()
                    .line();
        }
    }

    private static void collect(String path, Map<String, Object> figures, List<Charts.Point> points) {
        figures.forEach((name, value) -> {
            if (value instanceof Map) {
                collect(path.isEmpty() ? Words.of(name) : path + " · " + Words.of(name), Shapes.map(value), points);
            } else if (value instanceof Number share
                    && name.toLowerCase(Locale.ROOT).contains(WITHIN_INTERVAL)) {
                boolean isPercent = name.toLowerCase(Locale.ROOT).endsWith(WITHIN_INTERVAL + "percent");
                points.add(new Charts.Point(
                        path.isEmpty() ? Words.of(name) : path, share.doubleValue() * (isPercent ? 1 : 100)));
            }
        });
    }

    private static void commands(Markup out, List<String> commands) {
        if (commands.isEmpty()) {
            out.element("p", "No command was given.", "class", "quiet");
        } else {
            out.element("pre", String.join("\n", commands));
        }
    }

    private static String conditions(Measurement measurement) {
        String machine = measurement.machine().entrySet().stream()
                .map(part -> Words.of(part.getKey()) + " " + Words.of(part.getValue()))
                .collect(Collectors.joining(", "));
        return "Seeds: " + (measurement.seeds() == 0 ? "none" : Words.number((double) measurement.seeds()))
                + " · machine: " + (machine.isEmpty() ? "not said" : machine) + " · " + measurement.origin();
    }
}
