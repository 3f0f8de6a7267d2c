package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Steering;

/** Makes the steering of each node, afresh for each incarnation. */
@FunctionalInterface
public interface SteeringFactory<S> {
    Steering<S> create(NodeId self);
}
