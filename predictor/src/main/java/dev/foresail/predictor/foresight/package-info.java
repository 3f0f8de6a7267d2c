/**
 * Looks for violations that a node may come to, from what it knows: {@link dev.foresail.predictor.foresight.Foresight}
 * replays known bad paths and then predicts consequences; {@link dev.foresail.predictor.foresight.Danger} is a path that it has
 * found with the event at which the node can leave it; {@link dev.foresail.predictor.foresight.Rehearsal} says, when such an
 * event comes, whether it would still lead there.
 */
@org.jspecify.annotations.NullMarked
package dev.foresail.predictor.foresight;
