package dev.foresail.predictor.objective;

/**
 * What is wrong with a goal for a certain protocol.
 *
 * @param column of the expression, from 1
 */
public record Mistake(String code, int column, String text) {}
