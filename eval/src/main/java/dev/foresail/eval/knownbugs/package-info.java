/**
 * Protocols' known bugs, and what it takes to find them. Reading order: {@link dev.foresail.eval.knownbugs.KnownBug},
 * {@link dev.foresail.eval.knownbugs.KnownBugs}, {@link dev.foresail.eval.knownbugs.KnownBugSearches},
 * {@link dev.foresail.eval.knownbugs.Hunt}.
 */
package dev.foresail.eval.knownbugs;
