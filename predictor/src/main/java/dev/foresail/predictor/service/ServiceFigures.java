package dev.foresail.predictor.service;

/**
 * How well a service's choice has been made so far. Immutable.
 *
 * @param decisions how many choices there were
 * @param explored how many of them went where it was not expected to be best
 * @param exploredCost what these were expected to cost more than the best one, in the measure of the objectives, all together; times count in seconds
 * @param fallback how many were drawn, as the objective could tell of none
 * @param ended how many requests have ended
 * @param failed how many of them failed
 * @param answersAsExpected the share of answers that came within the interval that was to hold 80 % of them; NaN without any
 */
public record ServiceFigures(
        long decisions,
        long explored,
        double exploredCost,
        long fallback,
        long ended,
        long failed,
        double answersAsExpected) {}
