package dev.foresail.steering.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Charts as SVG: rows with a label each, on a common axis. What they show stands in a table beside them, too. Pure functions. */
final class Charts {
    private static final double ROW = 20;
    private static final double TOP = 6;
    private static final double AXIS = 22;
    private static final double VALUE_ROOM = 72;
    private static final double WIDTH = 560;
    private static final int LONGEST_LABEL = 40;
    private static final double CHARACTER = 6.6;
    /** What intervals of 80 % are allowed to hold, in percent. */
    private static final double CALIBRATED_FROM = 75;

    private static final double CALIBRATED_TO = 85;

    private Charts() {}

    /** One value of a chart. */
    record Point(String label, double value) {}

    /** Several values of one thing: of its runs, or their least, 5th and 95th hundredth and so on. */
    record Points(String label, List<Double> values) {}

    /** Least, middle, 95th hundredth (NaN when it is not known) and greatest. */
    record Range(String label, double min, double middle, double p95, double max) {}

    /** A bar for each value. */
    static Markup bars(String title, List<Point> points) {
        Scale scale = Scale.over(points.stream().mapToDouble(Point::value), true);
        Markup svg = begin(title, points.stream().map(Point::label).toList(), scale);
        Frame frame = Frame.of(points.stream().map(Point::label).toList());
        for (int row = 0; row < points.size(); row++) {
            double value = points.get(row).value();
            label(svg, frame, row, points.get(row).label());
            if (Double.isFinite(value)) {
                double from = frame.x(scale, Math.min(0, value));
                double to = frame.x(scale, Math.max(0, value));
                rectangle(svg, from, frame.y(row) + 4, Math.max(1, to - from), ROW - 8, "bar");
            }
            value(svg, frame, row, Words.number(value));
        }
        return svg.close();
    }

    /** A line from least to greatest, thick up to the 95th hundredth, with a dot in the middle. */
    static Markup ranges(String title, List<Range> ranges) {
        List<String> labels = ranges.stream().map(Range::label).toList();
        Scale scale =
                Scale.over(ranges.stream().flatMapToDouble(range -> DoubleStream.of(range.min(), range.max())), false);
        Markup svg = begin(title, labels, scale);
        Frame frame = Frame.of(labels);
        for (int row = 0; row < ranges.size(); row++) {
            Range range = ranges.get(row);
            label(svg, frame, row, range.label());
            if (Double.isFinite(range.min()) && Double.isFinite(range.max())) {
                double middle = frame.y(row) + ROW / 2;
                double from = frame.x(scale, range.min());
                rectangle(svg, from, middle - 1, Math.max(1, frame.x(scale, range.max()) - from), 2, "range");
                if (Double.isFinite(range.p95())) {
                    double high = frame.x(scale, range.p95());
                    rectangle(svg, from, middle - 4, Math.max(1, high - from), 8, "most");
                }
                dot(svg, frame.x(scale, range.middle()), middle, "middle", Words.number(range.middle()));
            }
            value(svg, frame, row, Words.number(range.middle()));
        }
        return svg.close();
    }

    /** A dot for each value, and a line through their median. */
    static Markup dots(String title, List<Points> rows) {
        List<String> labels = rows.stream().map(Points::label).toList();
        Scale scale =
                Scale.over(rows.stream().flatMap(row -> row.values().stream()).mapToDouble(Double::doubleValue), false);
        Markup svg = begin(title, labels, scale);
        Frame frame = Frame.of(labels);
        for (int row = 0; row < rows.size(); row++) {
            label(svg, frame, row, rows.get(row).label());
            List<Double> finite = rows.get(row).values().stream()
                    .filter(value -> Double.isFinite(value))
                    .sorted()
                    .toList();
            for (double value : finite) {
                dot(svg, frame.x(scale, value), frame.y(row) + ROW / 2, "dot", Words.number(value));
            }
            if (!finite.isEmpty()) {
                double median = finite.get((finite.size() - 1) / 2);
                rectangle(svg, frame.x(scale, median) - 1, frame.y(row) + 2, 2, ROW - 4, "median");
                value(svg, frame, row, Words.number(median));
            }
        }
        return svg.close();
    }

    /** What share of outcomes lay within stated intervals of 80 %, beside what it should be. */
    static Markup calibration(String title, List<Point> points) {
        List<String> labels = points.stream().map(Point::label).toList();
        Scale scale = new Scale(0, 100, 20);
        Markup svg = begin(title, labels, scale);
        Frame frame = Frame.of(labels);
        double from = frame.x(scale, CALIBRATED_FROM);
        rectangle(svg, from, TOP, frame.x(scale, CALIBRATED_TO) - from, ROW * points.size(), "asked");
        for (int row = 0; row < points.size(); row++) {
            double value = points.get(row).value();
            label(svg, frame, row, points.get(row).label());
            if (Double.isFinite(value)) {
                dot(svg, frame.x(scale, value), frame.y(row) + ROW / 2, "middle", Words.number(value) + " %");
            }
            value(svg, frame, row, Words.number(value) + " %");
        }
        return svg.close();
    }

    /** A bar and a mark where the threshold is; NaN when the threshold is no number. */
    static Markup threshold(String title, double value, double threshold, boolean holds) {
        double width = 140;
        double height = 14;
        Markup svg = new Markup()
                .open("svg", "viewBox", "0 0 140 14", "class", "threshold", "role", "img", "aria-label", title)
                .element("title", title);
        if (Double.isFinite(value)) {
            double low = Math.min(0, Double.isFinite(threshold) ? Math.min(value, threshold) : value);
            double high = Math.max(Math.max(0, value), Double.isFinite(threshold) ? threshold : 0);
            double span = high > low ? (high - low) * 1.1 : 1;
            double zero = (0 - low) / span * width;
            double end = (value - low) / span * width;
            rectangle(
                    svg, Math.min(zero, end), 3, Math.max(1.5, Math.abs(end - zero)), height - 6, holds ? "ok" : "bad");
            if (Double.isFinite(threshold)) {
                rectangle(svg, (threshold - low) / span * width - 1, 0, 2, height, "mark");
            }
        }
        return svg.close();
    }

    private static Markup begin(String title, List<String> labels, Scale scale) {
        Frame frame = Frame.of(labels);
        double height = TOP + ROW * labels.size() + AXIS;
        Markup svg = new Markup()
                .open("svg", "viewBox", "0 0 " + shown(WIDTH) + " " + shown(height), "role", "img", "aria-label", title)
                .element("title", title);
        double bottom = TOP + ROW * labels.size();
        for (double tick : scale.ticks()) {
            rectangle(svg, frame.x(scale, tick) - 0.5, TOP, 1, bottom - TOP, "grid");
            svg.element(
                    "text",
                    Words.number(tick),
                    "x",
                    shown(frame.x(scale, tick)),
                    "y",
                    shown(bottom + 15),
                    "text-anchor",
                    "middle",
                    "class",
                    "tick");
        }
        return svg;
    }

    private static void label(Markup svg, Frame frame, int row, String label) {
        boolean isLong = label.length() > LONGEST_LABEL;
        svg.open("text", "x", shown(frame.left() - 8), "y", shown(frame.y(row) + 14), "text-anchor", "end");
        if (isLong) {
            svg.element("title", label);
        }
        svg.text(isLong ? label.substring(0, LONGEST_LABEL - 1) + "…" : label).close();
    }

    private static void value(Markup svg, Frame frame, int row, String value) {
        svg.element(
                "text", value, "x", shown(WIDTH - VALUE_ROOM + 10), "y", shown(frame.y(row) + 14), "class", "value");
    }

    private static void rectangle(Markup svg, double x, double y, double width, double height, String kind) {
        svg.element(
                "rect",
                "",
                "x",
                shown(x),
                "y",
                shown(y),
                "width",
                shown(width),
                "height",
                shown(height),
                "class",
                kind);
    }

    private static void dot(Markup svg, double x, double y, String kind, String hover) {
        svg.open("circle", "cx", shown(x), "cy", shown(y), "r", "4", "class", kind)
                .element("title", hover)
                .close();
    }

    private static String shown(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    /** Where the rows begin and end. */
    private record Frame(double left) {
        static Frame of(List<String> labels) {
            int longest = labels.stream().mapToInt(String::length).max().orElse(0);
            return new Frame(16 + CHARACTER * Math.min(LONGEST_LABEL, longest));
        }

        double x(Scale scale, double value) {
            double share = (value - scale.from()) / (scale.to() - scale.from());
            return left + share * (WIDTH - VALUE_ROOM - left);
        }

        double y(int row) {
            return TOP + ROW * row;
        }
    }

    /** An axis from one round number to another. */
    record Scale(double from, double to, double step) {
        private static final double TICKS = 5;

        static Scale over(DoubleStream values, boolean withZero) {
            double[] finite = values.filter(Double::isFinite).sorted().toArray();
            double least = finite.length == 0 ? 0 : finite[0];
            double greatest = finite.length == 0 ? 1 : finite[finite.length - 1];
            if (withZero || least > 0 && least < greatest / 2) {
                least = Math.min(0, least);
                greatest = Math.max(0, greatest);
            }
            if (least == greatest) {
                least -= least == 0 ? 0 : Math.abs(least) / 2;
                greatest += greatest == 0 ? 1 : Math.abs(greatest) / 2;
            }
            double step = roundStep((greatest - least) / TICKS);
            return new Scale(Math.floor(least / step) * step, Math.ceil(greatest / step) * step, step);
        }

        /** 1, 2 or 5 times a power of ten, not below what is asked. */
        private static double roundStep(double least) {
            double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
            for (double factor : new double[] {1, 2, 5}) {
                if (factor * power >= least) {
                    return factor * power;
                }
            }
            return 10 * power;
        }

        double[] ticks() {
            int count = (int) Math.round((to - from) / step);
            return DoubleStream.iterate(0, tick -> tick + 1)
                    .limit(count + 1L)
                    .map(tick -> from + tick * step)
                    .toArray();
        }
    }
}
