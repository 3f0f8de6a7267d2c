/**
 * As much of Chord as its known bug needs: {@link dev.foresail.eval.chord.Chord}, explored with
 * {@link dev.foresail.eval.chord.ChordScenario}.
 */
package dev.foresail.eval.chord;
