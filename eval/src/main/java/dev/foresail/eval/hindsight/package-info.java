/**
 * Whether choices were right, judged afterwards: what each alternative would have come to in the world as it was.
 * {@link dev.foresail.eval.hindsight.Hindsight} follows a simulation and judges a sample of its decisions;
 * {@link dev.foresail.eval.hindsight.HindsightFigures} are the share that was best, the regret and the calibration.
 */
package dev.foresail.eval.hindsight;
