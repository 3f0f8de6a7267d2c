/** Words for people: {@link dev.foresail.predictor.text.Nearest} finds the name that was meant. */
package dev.foresail.predictor.text;
