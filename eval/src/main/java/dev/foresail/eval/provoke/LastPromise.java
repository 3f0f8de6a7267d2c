package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;

/**
 * PX-1: the first two of three nodes agree while the third is cut off. Then the first is cut off, and the second proposes
 * something else: the last promise it gets is that of the third, which has accepted nothing.
 */
public final class LastPromise extends KnownBug {
    public LastPromise() {
        super("px-1", Assembly.NODES);
    }

    @Override
    void provoke(Stage stage) {
        NodeId second = stage.nodes().get(1);
        Assembly assembly = new Assembly(stage);
        assembly.agreeWithoutThird(() -> assembly.proposeWithoutFirst(second));
    }
}
