/**
 * Protocols' known bugs, each with the explorations that find it: {@link dev.foresail.eval.knownbugs.KnownBugs} lists
 * them.
 */
package dev.foresail.eval.knownbugs;
