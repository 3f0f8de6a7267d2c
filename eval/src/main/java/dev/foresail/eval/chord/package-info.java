/**
 * Chord: {@link dev.foresail.eval.chord.Chord}, which provides key-based routing, explored with {@link dev.foresail.eval.chord.ChordScenario} and simulated
 * with {@link dev.foresail.eval.routing.RoutingScenario}; and what next hops gain by measured distances ({@link dev.foresail.eval.chord.Proximity}) and by prediction ({@link dev.foresail.eval.chord.NextHops}).
 */
package dev.foresail.eval.chord;
