package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.PredictionExecutor;

/** Makes the steering of each node, afresh for each incarnation. */
@FunctionalInterface
public interface SteeringFactory<S> {
    /** Nothing is steered. */
    static <S> SteeringFactory<S> none() {
        return new Unsteered<>();
    }

    /** Makes steering that lets everything pass. */
    record Unsteered<S>() implements SteeringFactory<S> {
        @Override
        public Steering<S> create(NodeId self, PredictionExecutor predictions) {
            return Steering.none();
        }
    }

    /** @param predictions where its predictions are made, in virtual time */
    Steering<S> create(NodeId self, PredictionExecutor predictions);
}
