/** The language in which objectives are written: {@link dev.foresail.predictor.objective.language.ExpressionParser} reads it. */
package dev.foresail.predictor.objective.language;
