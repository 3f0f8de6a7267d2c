package dev.foresail.predictor.resolve;

import dev.foresail.predictor.lookahead.Prediction;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where predictions are made: threads of their own on a live node, virtual time in the simulator. */
public interface PredictionExecutor {
    /** Makes predictions where they are asked for: for tests and benchmarks. */
    PredictionExecutor AT_ONCE = new PredictionExecutor() {
        @Override
        public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
            whenDone.accept(Optional.of(prediction.get()));
        }
    };

    /**
     * Makes a prediction and hands the result over on the node's thread, or nothing when it failed or when too much is
     * waiting already. Never blocks the node's thread for longer than it takes to enqueue.
     *
     * @param whenDone is given empty when there is no result
     */
    <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone);

    /** The processor time that the calling thread has used, where predictions have threads of their own; else 0. */
    default long processorNanos() {
        return 0;
    }
}
