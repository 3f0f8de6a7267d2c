/** What the scenarios of all protocols have in common: {@link dev.foresail.eval.scenario.Settings}. */
package dev.foresail.eval.scenario;
