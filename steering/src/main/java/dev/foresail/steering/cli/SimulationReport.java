package dev.foresail.steering.cli;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Runaway;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** What {@code simulate} says of one run or of many. */
final class SimulationReport {
    private static final int LONGEST_FAILURE = 600;
    private static final int MOST_TOLD = 5;

    private final String protocol;
    private final int nodes;
    private final int seedsAsked;
    private final boolean many;
    private final List<SeedOutcome> outcomes;

    /**
     * @param seedsAsked how many seeds were asked for
     * @param many whether distributions over seeds are wanted
     * @param outcomes in the order of the seeds, at least one
     */
    SimulationReport(String protocol, int nodes, int seedsAsked, boolean many, List<SeedOutcome> outcomes) {
        this.protocol = protocol;
        this.nodes = nodes;
        this.seedsAsked = seedsAsked;
        this.many = many;
        this.outcomes = List.copyOf(outcomes);
    }

    /** A distribution over seeds. */
    record Distribution(double min, double median, double p95, double max) {
        static Distribution of(double[] values) {
            double[] sorted =
                    Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
            return sorted.length == 0
                    ? new Distribution(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                    : new Distribution(sorted[0], rank(sorted, 0.5), rank(sorted, 0.95), sorted[sorted.length - 1]);
        }

        /** The nearest rank. */
        private static double rank(double[] sorted, double share) {
            return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    Map<String, Object> json(double seconds, long heapBytes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", protocol);
        json.put("nodes", nodes);
        json.put("seed", outcomes.get(0).seed());
        if (many) {
            json.put("seeds", outcomes.size());
        }
        json.put("events", outcomes.stream().mapToLong(SeedOutcome::events).sum());
        json.put("seconds", seconds);
        json.put(
                "virtualSeconds",
                outcomes.stream().mapToDouble(SeedOutcome::virtualSeconds).sum());
        json.put("heapBytes", heapBytes);
        json.put("digest", digest());
        json.put("metrics", many ? distributions() : outcomes.get(0).metrics());
        json.put("properties", properties());
        json.put("decisions", decisions());
        if (!violations().isEmpty()) {
            json.put("violations", violations());
        }
        if (!runaways().isEmpty()) {
            json.put("runaways", runaways());
        }
        if (!isComplete()) {
            json.put("partial", true);
        }
        return json;
    }

    private List<Map<String, Object>> runaways() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.runaway().stream().map(runaway -> json(outcome.seed(), runaway)))
                .toList();
    }

    private static Map<String, Object> json(long seed, Runaway runaway) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", seed);
        json.put("code", runaway.code());
        json.put("virtualSeconds", runaway.seconds());
        json.put("node", runaway.node());
        json.put("happening", runaway.event());
        json.put("text", runaway.text());
        return json;
    }

    /** Of one run its digest; of many a digest of the digests, in the order of the seeds. */
    String digest() {
        if (!many) {
            return outcomes.get(0).digest();
        }
        CRC32C sum = new CRC32C();
        outcomes.forEach(outcome -> sum.update(outcome.digest().getBytes(StandardCharsets.UTF_8)));
        return String.format("%08x", sum.getValue());
    }

    private boolean isComplete() {
        return outcomes.size() == seedsAsked && outcomes.stream().allMatch(SeedOutcome::complete);
    }

    private SortedMap<String, Distribution> distributions() {
        SortedMap<String, Distribution> distributions = new TreeMap<>();
        outcomes.stream()
                .flatMap(outcome -> outcome.metrics().keySet().stream())
                .distinct()
                .forEach(name -> {
                    double[] values = outcomes.stream()
                            .mapToDouble(outcome -> outcome.metrics().getOrDefault(name, Double.NaN))
                            .toArray();
                    distributions.put(name, Distribution.of(values));
                });
        return distributions;
    }

    /** The worst that was seen of each property. */
    private SortedMap<String, String> properties() {
        SortedMap<String, Verdict> worst = new TreeMap<>();
        for (SeedOutcome outcome : outcomes) {
            outcome.properties()
                    .forEach((name, judged) -> worst.merge(name, judged.verdict(), SimulationReport::worse));
        }
        SortedMap<String, String> words = new TreeMap<>();
        worst.forEach((name, verdict) -> words.put(name, verdict.name().toLowerCase(Locale.ROOT)));
        return words;
    }

    private List<Map<String, Object>> violations() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.violations().stream().map(violation -> json(outcome.seed(), violation)))
                .toList();
    }

    private static Map<String, Object> json(long seed, Violation violation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", seed);
        json.put("property", violation.property());
        json.put("virtualSeconds", violation.seconds());
        json.put("event", violation.number());
        json.put("node", violation.node().toString());
        json.put("happening", violation.happening());
        return json;
    }

    private static Verdict worse(Verdict one, Verdict other) {
        if (one == Verdict.VIOLATED || other == Verdict.VIOLATED) {
            return Verdict.VIOLATED;
        }
        return one == Verdict.HOLDS ? other : one;
    }

    private DecisionCounts decisions() {
        return outcomes.stream().map(SeedOutcome::decisions).reduce(DecisionCounts.NONE, DecisionCounts::plus);
    }

    /** Safety outranks liveness, which outranks what is not known. */
    int exitCode() {
        List<Integer> codes =
                outcomes.stream().map(SimulationReport::exitCode).distinct().toList();
        for (int code : List.of(ExitCode.SAFETY_VIOLATED, ExitCode.LIVENESS_VIOLATED, ExitCode.UNKNOWN)) {
            if (codes.contains(code)) {
                return code;
            }
        }
        return isComplete() ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    /** The exit code that the properties of a run ask for. */
    private static int exitCode(SeedOutcome outcome) {
        boolean unknown = !outcome.complete();
        boolean lively = true;
        for (SeedOutcome.Judged judged : outcome.properties().values()) {
            if (judged.verdict() == Verdict.VIOLATED && judged.kind() == PropertyDescription.Kind.SAFETY) {
                return ExitCode.SAFETY_VIOLATED;
            }
            lively &= judged.verdict() != Verdict.VIOLATED;
            unknown |= judged.verdict() != Verdict.HOLDS;
        }
        if (!lively) {
            return ExitCode.LIVENESS_VIOLATED;
        }
        return unknown ? ExitCode.UNKNOWN : ExitCode.DONE;
    }

    void print(Output output) {
        if (many) {
            Table table = new Table("metric", "min", "median", "p95", "max");
            distributions()
                    .forEach((name, values) ->
                            table.row(name, values.min(), values.median(), values.p95(), values.max()));
            output.table(table);
        } else {
            Table table = new Table("metric", "value");
            outcomes.get(0).metrics().forEach(table::row);
            output.table(table);
        }
        if (!properties().isEmpty()) {
            Table table = new Table("property", "verdict");
            properties().forEach(table::row);
            output.prose("");
            output.table(table);
        }
        DecisionCounts decisions = decisions();
        output.prose("");
        output.prose("decisions: " + decisions.predicted() + " predicted, " + decisions.cached() + " cached, "
                + decisions.fallback() + " by the fast policy");
        output.prose("digest: " + digest() + (isComplete() ? "" : " (partial: " + whyPartial() + ")"));
        outcomes.stream()
                .flatMap(outcome -> outcome.runaway().stream()
                        .map(runaway -> many ? runaway.line() + " (seed " + outcome.seed() + ")" : runaway.line()))
                .limit(MOST_TOLD)
                .forEach(output::hint);
        outcomes.stream()
                .flatMap(outcome -> outcome.failures().stream())
                .limit(MOST_TOLD)
                .forEach(failure -> output.hint("a handler threw: " + shortened(failure)));
    }

    private String whyPartial() {
        return outcomes.stream().anyMatch(outcome -> outcome.runaway().isPresent())
                ? "stopped, as the protocol runs away"
                : "interrupted";
    }

    private static String shortened(String text) {
        int end = LONGEST_FAILURE / 2;
        return text.length() <= LONGEST_FAILURE
                ? text
                : text.substring(0, end) + " ... " + text.substring(text.length() - end);
    }
}
