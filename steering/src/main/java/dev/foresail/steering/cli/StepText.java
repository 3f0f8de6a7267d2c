package dev.foresail.steering.cli;

import dev.foresail.predictor.trace.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps of a path, for people and for tools. */
final class StepText {
    private static final String INDENT = "        ";

    private StepText() {}

    /** What happened on a line, then what it changed, sent and noted. */
    static List<String> lines(TraceStep step) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%4d  %s", step.number(), step.happening().text()));
        step.changes()
                .forEach(change -> lines.add(INDENT + change.node() + "." + change.field() + ": " + change.before()
                        + " -> " + change.after()));
        step.sends().forEach(sent -> lines.add(INDENT + "sends " + sent.message() + " to " + sent.to()));
        step.notes().forEach(note -> lines.add(INDENT + "notes " + note));
        return lines;
    }

    static Map<String, Object> json(TraceStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", step.number());
        json.put("node", step.happening().node().toString());
        json.put("kind", step.happening().kind().label());
        json.put("action", step.happening().text());
        json.put("sends", step.sends().stream().map(StepText::sent).toList());
        json.put("notes", step.notes());
        json.put("changes", step.changes().stream().map(StepText::change).toList());
        json.put("violated", step.violated());
        return json;
    }

    private static Map<String, Object> sent(TraceStep.Sent sent) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("to", sent.to().toString());
        json.put("message", sent.message());
        return json;
    }

    private static Map<String, Object> change(TraceStep.Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", change.node().toString());
        json.put("field", change.field());
        json.put("before", change.before());
        json.put("after", change.after());
        return json;
    }
}
