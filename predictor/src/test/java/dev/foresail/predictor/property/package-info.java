/**
 * Property tests over sequences of choices: {@link dev.foresail.predictor.property.Property} runs a test with random
 * {@link dev.foresail.predictor.property.Choices} and, when it fails, looks for a small sequence that fails too.
 */
package dev.foresail.predictor.property;
