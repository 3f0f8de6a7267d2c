package dev.foresail.eval.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Outcome;
import java.util.List;

/**
 * A model and what others have counted in it.
 *
 * @param worlds distinct worlds
 * @param transitions one for each way in which something can happen; the initial world is none
 * @param depth the length of the longest of the shortest paths
 */
record Oracle(String name, SystemModel<?> model, Outcome outcome, long worlds, long transitions, int depth) {
    static Oracle holds(String name, SystemModel<?> model, long worlds, long transitions, int depth) {
        return new Oracle(name, model, Outcome.HOLDS, worlds, transitions, depth);
    }

    /** A registered scenario. */
    static Oracle holds(long worlds, long transitions, int depth, String scenario, Object... values) {
        return holds(scenario + " " + List.of(values), Scenarios.model(scenario, values), worlds, transitions, depth);
    }

    void check(SearchReport report) {
        record Counts(Outcome outcome, long worlds, long transitions, int depth) {}
        assertEquals(
                new Counts(outcome, worlds, transitions, depth),
                new Counts(report.outcome(), report.distinctWorlds(), report.transitions(), report.maxDepth()));
    }

    @Override
    public String toString() {
        return name;
    }
}
