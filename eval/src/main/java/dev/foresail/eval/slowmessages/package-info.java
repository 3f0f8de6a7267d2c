/**
 * What slow messages gain, and what they change: {@code foresail eval smr}.
 */
package dev.foresail.eval.slowmessages;
