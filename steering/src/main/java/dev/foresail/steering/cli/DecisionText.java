package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.KeptDecision;
import dev.foresail.predictor.decision.PredictionInterval;
import dev.foresail.predictor.node.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything of one decision, for people and for tools. Pure functions. */
final class DecisionText {
    private DecisionText() {}

    static List<String> lines(KeptDecision decision) {
        List<String> lines = new ArrayList<>();
        lines.add(decision.id() + " at " + seconds(decision.atNanos()) + ": " + decision.choice());
        lines.add("on        " + decision.event());
        lines.add("took      " + decision.alternatives().get(decision.chosen())
                + (decision.explored() ? ", to explore: another one was predicted to be best" : ""));
        lines.add("by        " + decision.by().words());
        lines.add("after     " + Table.number(decision.elapsedNanos() / 1e6) + " ms"
                + (decision.waited() ? ", in which the event waited" : ", at the first look"));
        decision.evidence().ifPresent(evidence -> lines.addAll(evidence(evidence)));
        lines.add("");
        lines.addAll(alternatives(decision).toString().lines().toList());
        lines.add("");
        lines.add(outcome(decision));
        return lines;
    }

    private static List<String> evidence(KeptDecision.Evidence evidence) {
        List<String> lines = new ArrayList<>();
        String ages = evidence.checkpointAgesNanos().entrySet().stream()
                .map(age -> age.getKey() + " " + seconds(age.getValue()))
                .collect(Collectors.joining(", "));
        lines.add("evidence  "
                + (ages.isEmpty() ? "no neighbour's checkpoint" : "checkpoints of these ages: " + ages)
                + (evidence.isComplete() ? "" : "; not of every neighbour, so the values are provisional"));
        lines.add("links     "
                + (evidence.unknownLinks().isEmpty()
                        ? "round trips to all candidates were known"
                        : "no round trip was known to "
                                + evidence.unknownLinks().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", "))));
        return lines;
    }

    private static Table alternatives(KeptDecision decision) {
        if (decision.values().isEmpty()) {
            Table table = new Table("", "alternative");
            for (int index = 0; index < decision.alternatives().size(); index++) {
                table.row(mark(decision, index), decision.alternatives().get(index));
            }
            return table;
        }
        Table table = new Table("", "alternative", "predicted cost", "80 % from", "to", "futures");
        for (int index = 0; index < decision.alternatives().size(); index++) {
            Decision.Value value = decision.values().get(index);
            PredictionInterval interval = PredictionInterval.of(value);
            table.row(
                    mark(decision, index),
                    decision.alternatives().get(index),
                    value.mean(),
                    interval.low(),
                    interval.high(),
                    value.rollOuts());
        }
        return table;
    }

    private static String mark(KeptDecision decision, int index) {
        return index == decision.chosen() ? "->" : "";
    }

    private static String outcome(KeptDecision decision) {
        if (decision.outcome().isEmpty()) {
            return "came to   not known: the run was over before the horizon, or nothing was to be made best";
        }
        KeptDecision.Outcome outcome = decision.outcome().get();
        String cost = Double.isInfinite(outcome.cost())
                ? "a violated safety property"
                : Table.number(outcome.cost()) + " by " + outcome.goal();
        String standing = decision.isWithinInterval()
                .map(within -> within ? ", within the stated interval" : ", outside of the stated interval")
                .orElse(standing(decision, outcome));
        return "came to   " + cost + ", " + seconds(outcome.horizonNanos()) + " later" + standing;
    }

    /** Of an outcome that cannot be compared with what was predicted. */
    private static String standing(KeptDecision decision, KeptDecision.Outcome outcome) {
        if (decision.values().isEmpty() || Double.isNaN(outcome.cost())) {
            return "";
        }
        return "; not compared, as what was predicted is "
                + switch (decision.values().get(decision.chosen()).term()) {
                    case Decision.Value.UNKNOWN_TERM -> "of a goal that is not known, or could not be predicted";
                    case 0 -> "the number of violated safety properties";
                    default -> "of another goal";
                };
    }

    private static String seconds(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.6f s", nanos / 1e9);
    }

    static Map<String, Object> json(KeptDecision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decision", decision.id());
        json.put("node", decision.node().toString());
        json.put("atSeconds", decision.atNanos() / 1e9);
        json.put("choice", decision.choice());
        json.put("event", decision.event());
        List<Map<String, Object>> alternatives = new ArrayList<>();
        for (int index = 0; index < decision.alternatives().size(); index++) {
            alternatives.add(alternative(decision, index));
        }
        json.put("alternatives", alternatives);
        json.put("by", decision.by().label());
        json.put("elapsedNanos", decision.elapsedNanos());
        json.put("waited", decision.waited());
        if (decision.explored()) {
            json.put("explored", true);
        }
        decision.evidence().ifPresent(evidence -> {
            Map<String, Object> ages = new LinkedHashMap<>();
            evidence.checkpointAgesNanos().forEach((node, age) -> ages.put(node.toString(), age));
            json.put("checkpointAgesNanos", ages);
            json.put("provisional", !evidence.isComplete());
            json.put(
                    "unknownLinks",
                    evidence.unknownLinks().stream().map(Object::toString).toList());
        });
        decision.outcome().ifPresent(outcome -> {
            Map<String, Object> became = new LinkedHashMap<>();
            became.put("goal", outcome.goal());
            became.put("cost", outcome.cost());
            became.put("violated", Double.isInfinite(outcome.cost()));
            became.put("horizonNanos", outcome.horizonNanos());
            decision.isWithinInterval().ifPresent(within -> became.put("withinInterval", within));
            json.put("outcome", became);
        });
        return json;
    }

    private static Map<String, Object> alternative(KeptDecision decision, int index) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alternative", decision.alternatives().get(index));
        json.put("taken", index == decision.chosen());
        if (!decision.values().isEmpty()) {
            Decision.Value value = decision.values().get(index);
            PredictionInterval interval = PredictionInterval.of(value);
            json.put("mean", value.mean());
            json.put("low", interval.low());
            json.put("high", interval.high());
            json.put("rollOuts", value.rollOuts());
        }
        return json;
    }
}
