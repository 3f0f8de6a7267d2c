package dev.foresail.steering.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an experiment came to: the object of {@code foresail eval --json}, or why there is none. Immutable.
 *
 * @param experiment as the object says it, a mark of reduced runs included
 * @param seeds how many
 * @param machine what is known of the machine, such as its cores
 * @param results maps with text keys, lists, texts, numbers and booleans; NaN where a figure cannot be told
 * @param commands those that repeat it
 * @param isPartial whether it was interrupted
 * @param origin where it was read, or that it was run, for people
 * @param failure why there is no result; empty when there is one
 */
public record Measurement(
        String experiment,
        long seeds,
        Map<String, Object> machine,
        List<Bar> bars,
        Map<String, Object> results,
        List<String> commands,
        boolean isPartial,
        String origin,
        String failure) {
    private static final String QUICK = " (quick)";

    public Measurement {
        bars = List.copyOf(bars);
        commands = List.copyOf(commands);
    }

    /**
     * A figure that was asked for.
     *
     * @param value NaN when it cannot be told
     * @param threshold what was asked, such as {@code >= 95}
     */
    public record Bar(String name, double value, String unit, String threshold, boolean holds) {}

    /** How it stands with it, worst first. */
    public enum State {
        FAILED("failed"),
        MISSES("misses a bar"),
        PARTIAL("interrupted"),
        HOLDS("all bars hold"),
        NO_BARS("no bars");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** An experiment without a result. */
    public static Measurement failed(String experiment, String origin, String failure) {
        return new Measurement(experiment, 0, Map.of(), List.of(), Map.of(), List.of(), false, origin, failure);
    }

    /** The experiment's name on the command line. */
    public String name() {
        return isQuick() ? experiment.substring(0, experiment.length() - QUICK.length()) : experiment;
    }

    /** Whether it is the reduced version, whose figures are not for quoting. */
    public boolean isQuick() {
        return experiment.endsWith(QUICK);
    }

    public State state() {
        if (!failure.isEmpty()) {
            return State.FAILED;
        } else if (isPartial) {
            return State.PARTIAL;
        } else if (bars.isEmpty()) {
            return State.NO_BARS;
        }
        return barsThatHold() == bars.size() ? State.HOLDS : State.MISSES;
    }

    public int barsThatHold() {
        return (int) bars.stream().filter(Bar::holds).count();
    }

    /** The object of {@code foresail eval --json} with where it came from; {@link ResultReader} reads it again. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment", experiment);
        json.put("state", state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        json.put("origin", origin);
        if (!failure.isEmpty()) {
            json.put("failure", failure);
        }
        json.put("seeds", seeds);
        json.put("machine", machine);
        json.put("bars", bars);
        json.put("results", results);
        json.put("commands", commands);
        if (isPartial) {
            json.put("partial", true);
        }
        return json;
    }
}
