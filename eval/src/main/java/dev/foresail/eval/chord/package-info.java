/**
 * Chord: {@link dev.foresail.eval.chord.Chord}, which provides key-based routing, explored with {@link dev.foresail.eval.chord.ChordScenario} and simulated
 * with {@link dev.foresail.eval.routing.RoutingScenario}.
 */
package dev.foresail.eval.chord;
