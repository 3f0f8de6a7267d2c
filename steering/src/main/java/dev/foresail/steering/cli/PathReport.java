package dev.foresail.steering.cli;

import dev.foresail.predictor.path.CausalPath;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.path.Expectations;
import dev.foresail.predictor.path.PathHop;
import dev.foresail.predictor.path.RecordedPaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is said of recorded paths. */
final class PathReport {
    private static final int MOST_TOLD = 5;
    private static final int MOST_DRAWN = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    private final RecordedPaths recorded;
    private final Map<DeclaredPath, List<CausalPath>> paths;
    private final List<Expectations.Anomaly> anomalies;

    PathReport(RecordedPaths recorded) {
        this.recorded = recorded;
        this.paths = CausalPath.byName(recorded.declared(), recorded.paths());
        this.anomalies = recorded.anomalies();
    }

    /** What is exceeded is so whatever was not kept. */
    int exitCode() {
        if (!anomalies.isEmpty()) {
            return ExitCode.NOT_MET;
        }
        return recorded.isWhole() ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    void print(Output output) {
        Table table = new Table(
                "path", "begun", "ended", "open", "nodes", "most", "hop ms", "longest", "took ms", "p99", "anomalies");
        paths.forEach((declared, begun) -> {
            Figures figures = new Figures(declared, begun, recorded);
            table.row(
                    declared.name(),
                    begun.size(),
                    declared.ends().isPresent() ? Integer.toString(figures.ended()) : "-",
                    figures.open(),
                    figures.nodes(0.5),
                    figures.nodes(1),
                    figures.hopMillis(0.5),
                    figures.hopMillis(1),
                    figures.tookMillis(0.5),
                    figures.tookMillis(0.99),
                    anomalous(declared).size());
        });
        output.table(table);
        if (!recorded.isWhole()) {
            output.hint("paths are not complete, and missing ends not judged: " + recorded.left()
                    + " later events were not kept");
        }
        anomalies.stream().limit(MOST_TOLD).forEach(anomaly -> output.prose(line(anomaly)));
        if (anomalies.size() > MOST_TOLD) {
            output.prose("... and " + (anomalies.size() - MOST_TOLD) + " more anomalies");
        }
        anomalies.stream()
                .map(Expectations.Anomaly::path)
                .distinct()
                .limit(MOST_DRAWN)
                .forEach(path -> {
                    output.prose("");
                    PathText.lines(path).forEach(output::prose);
                });
    }

    static String line(Expectations.Anomaly anomaly) {
        return anomaly.path().name() + " " + anomaly.path().id() + ": expected " + anomaly.expected() + ", but "
                + anomaly.found();
    }

    private Set<CausalPath> anomalous(DeclaredPath declared) {
        Set<CausalPath> some = new LinkedHashSet<>();
        anomalies.stream()
                .map(Expectations.Anomaly::path)
                .filter(path -> path.name().equals(declared.name()))
                .forEach(some::add);
        return some;
    }

    /** Adds {@code paths} and, where events were not kept, {@code left}. */
    void addTo(Map<String, Object> json) {
        json.put("paths", byName());
        if (!recorded.isWhole()) {
            json.put("left", recorded.left());
        }
    }

    private Map<String, Object> byName() {
        Map<String, Object> json = new LinkedHashMap<>();
        paths.forEach((declared, begun) -> {
            Figures figures = new Figures(declared, begun, recorded);
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("begun", begun.size());
            own.put("ended", figures.ended());
            own.put("open", figures.open());
            own.put("nodesMedian", figures.nodes(0.5));
            own.put("nodesMost", figures.nodes(1));
            own.put("hopMillisMedian", figures.hopMillis(0.5));
            own.put("hopMillisLongest", figures.hopMillis(1));
            own.put("tookMillisMedian", figures.tookMillis(0.5));
            own.put("tookMillisP99", figures.tookMillis(0.99));
            List<Map<String, Object>> wrong = new ArrayList<>();
            anomalies.stream()
                    .filter(anomaly -> anomaly.path().name().equals(declared.name()))
                    .forEach(anomaly -> wrong.add(json(anomaly)));
            own.put("anomalies", wrong);
            json.put(declared.name(), own);
        });
        return json;
    }

    private static Map<String, Object> json(Expectations.Anomaly anomaly) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", anomaly.path().id().toString());
        json.put("expected", anomaly.expected());
        json.put("found", anomaly.found());
        return json;
    }

    /** Of the paths of one name: quantiles by nearest rank, NaN where there is nothing. */
    private record Figures(DeclaredPath declared, List<CausalPath> begun, RecordedPaths recorded) {
        int ended() {
            return (int) begun.stream().filter(path -> path.end().isPresent()).count();
        }

        int open() {
            return (int) begun.stream()
                    .filter(path -> recorded.isOpen(declared, path))
                    .count();
        }

        double nodes(double share) {
            return rank(
                    begun.stream()
                            .mapToDouble(path -> path.nodes().size())
                            .sorted()
                            .toArray(),
                    share);
        }

        double hopMillis(double share) {
            return rank(
                    begun.stream()
                            .flatMap(path -> path.messages().stream())
                            .mapToDouble(PathHop::takenNanos)
                            .map(nanos -> nanos / NANOS_PER_MILLI)
                            .sorted()
                            .toArray(),
                    share);
        }

        /** Of those that have ended or, where no end is declared, of all. */
        double tookMillis(double share) {
            return rank(
                    begun.stream()
                            .filter(path ->
                                    declared.ends().isEmpty() || path.end().isPresent())
                            .mapToDouble(CausalPath::durationNanos)
                            .map(nanos -> nanos / NANOS_PER_MILLI)
                            .sorted()
                            .toArray(),
                    share);
        }

        private static double rank(double[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }
}
