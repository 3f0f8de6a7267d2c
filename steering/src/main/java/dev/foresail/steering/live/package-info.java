/**
 * A node that runs: {@link dev.foresail.steering.live.ForesailNode} is what applications embed,
 * {@link dev.foresail.steering.live.LiveStage} deploys a whole system on one machine and plays a scenario to it.
 *
 * <p>Reading order: {@link dev.foresail.steering.live.ForesailNode}, {@link dev.foresail.steering.live.LiveHost},
 * {@link dev.foresail.steering.live.PredictionPool}, {@link dev.foresail.steering.live.OutputCommit},
 * {@link dev.foresail.steering.live.LiveStage}.
 */
package dev.foresail.steering.live;
