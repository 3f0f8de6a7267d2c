package dev.foresail.eval.epidemic;

import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.simulate.DecisionCounts;

/**
 * What one run gave. Messages are counted from the moment when the update came to the one when the share was reached.
 *
 * @param variant the variant's name
 * @param seconds from the one to the other; NaN when it was not reached
 * @param messages the protocol's own
 * @param checkpointMessages what the runtimes sent for checkpoints
 * @param aggregateMessages what they sent for aggregates
 * @param controlBefore what they had sent before, for either
 * @param atOnce decisions without waiting for a prediction
 * @param failures handlers that threw
 */
record EpidemicRun(
        long seed,
        String variant,
        double seconds,
        long messages,
        long checkpointMessages,
        long aggregateMessages,
        long controlBefore,
        DecisionCounts decisions,
        long atOnce,
        int failures,
        HindsightFigures hindsight) {}
