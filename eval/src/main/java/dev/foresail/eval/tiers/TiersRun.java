package dev.foresail.eval.tiers;

import dev.foresail.predictor.simulate.DecisionCounts;
import java.util.List;

/**
 * What one run gave.
 *
 * @param form the form's name
 * @param requests that were answered or late
 * @param late of these
 * @param waitedMillis in all, up to the limit for each
 * @param foreseen what came of decisions by predicted values
 * @param failures handlers that threw
 */
record TiersRun(
        long seed,
        String form,
        long requests,
        long late,
        double waitedMillis,
        List<Foreseen> foreseen,
        DecisionCounts decisions,
        int failures) {
    /**
     * A request whose broker was chosen by what was predicted.
     *
     * @param mean wait in the futures, in milliseconds
     * @param spread its standard deviation
     * @param waitedMillis what came of it
     */
    record Foreseen(double mean, double spread, double waitedMillis) {}
}
