/**
 * Which fields of a state handlers may change and properties read, by their compiled code:
 * {@link dev.foresail.predictor.touch.FieldUse}, {@link dev.foresail.predictor.touch.TouchedProperties}.
 */
package dev.foresail.predictor.touch;
