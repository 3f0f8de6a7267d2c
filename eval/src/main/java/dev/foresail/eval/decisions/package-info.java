/**
 * How choices are resolved where it counts: what a decision from known values costs on an event's critical path, and how many of
 * RandTree's choices are answered at once. Reading order: {@link dev.foresail.eval.decisions.Decisions},
 * {@link dev.foresail.eval.decisions.TreeDecisions}, {@link dev.foresail.eval.decisions.KnownChildBenchmark}.
 */
package dev.foresail.eval.decisions;
