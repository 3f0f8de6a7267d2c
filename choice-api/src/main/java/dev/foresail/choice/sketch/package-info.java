/**
 * Summaries of many values in little room, for aggregates that reach over a whole region: immutable, bounded in size, merged in any
 * order with the same result, and made of integers alone, so that their bytes are the same on every machine.
 */
package dev.foresail.choice.sketch;
