package dev.foresail.randtree.demo;

import dev.foresail.steering.live.LiveOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one variant did in one run.
 *
 * @param variant the variant's name
 */
record VariantRun(String variant, LiveOutcome outcome) {
    /** A figure of the schedule; NaN when it did not get so far. */
    double figure(String name) {
        return outcome.records().getOrDefault(name, Double.NaN);
    }

    /** Whether everybody got connected, twice. */
    boolean isWhole() {
        return outcome.finished()
                && !Double.isNaN(figure("maxDepthAfterJoin"))
                && !Double.isNaN(figure("maxDepthAfterRejoin"));
    }

    /** The variant's part of the demo's JSON (docs/command-line.md). */
    Map<String, Object> json() {
        Map<String, Object> decisions = new LinkedHashMap<>();
        decisions.put("predicted", outcome.decisions().predicted());
        decisions.put("cached", outcome.decisions().cached());
        decisions.put("fallback", outcome.decisions().fallback());
        decisions.put("knownP50Micros", outcome.knownLatency().micros(0.5));
        decisions.put("knownP99Micros", outcome.knownLatency().micros(0.99));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", variant);
        json.put("maxDepthAfterJoin", depth("maxDepthAfterJoin"));
        json.put("maxDepthAfterRejoin", depth("maxDepthAfterRejoin"));
        json.put("secondsToJoin", figure("secondsToJoin"));
        json.put("secondsToRejoin", figure("secondsToRejoin"));
        json.put("messages", outcome.messagesSent());
        json.put("decisions", decisions);
        return json;
    }

    /** A whole number of levels, or NaN, which JSON shows as null. */
    private Number depth(String name) {
        double depth = figure(name);
        return Double.isNaN(depth) ? (Number) depth : (Number) (long) depth;
    }
}
