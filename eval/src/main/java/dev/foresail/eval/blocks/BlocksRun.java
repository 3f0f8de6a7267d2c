package dev.foresail.eval.blocks;

import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.simulate.DecisionCounts;

/**
 * What one run gave.
 *
 * @param setting whether links change
 * @param form the form's name
 * @param medianSeconds until half of the nodes had the file; NaN when it did not come to that
 * @param lastSeconds until all had it; NaN when it did not come to that
 * @param messages of the protocol
 * @param controlMessages what the runtimes sent each other
 * @param atOnce decisions without waiting for a prediction
 * @param failures handlers that threw
 */
record BlocksRun(
        long seed,
        String setting,
        String form,
        double medianSeconds,
        double lastSeconds,
        long messages,
        long controlMessages,
        DecisionCounts decisions,
        long atOnce,
        int failures,
        HindsightFigures hindsight) {}
