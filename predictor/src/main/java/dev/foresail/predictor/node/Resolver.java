package dev.foresail.predictor.node;

import java.util.List;

/** Makes the choices of one node. Called on the node's thread only; never blocks. */
public interface Resolver<S> {
    /** Decides, or says that it is to be asked again. Must decide when the context may not wait. */
    Resolution resolve(ChoiceContext<S> context);

    /** Makes a choice inside a handler, which can't wait. */
    int resolveNow(String choice, List<?> candidates);

    /** Whether this resolver looks ahead, so that the node has to gather checkpoints. */
    default boolean looksAhead() {
        return false;
    }
}
