package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Event;
import java.util.List;

/** Makes the choices of one node. Called on the node's thread only; never blocks. */
public interface Resolver<S> {
    /** Decides, or says that it is to be asked again. Must decide when the context may not wait. */
    Resolution resolve(ChoiceContext<S> context);

    /** Makes a choice inside a handler, which can't wait. */
    int resolveNow(String choice, List<?> candidates);

    /**
     * Chooses several inside a handler: each by {@link #resolveNow} out of those that are left.
     *
     * @param count from 0 to the number of candidates
     * @return as many indices, growing
     */
    default List<Integer> resolveSome(String choice, List<?> candidates, int count) {
        return ImmediateChooser.oneByOne(left -> resolveNow(choice, left), candidates, count);
    }

    /** This resolver, for choices inside handlers. */
    default ImmediateChooser immediate() {
        return new ImmediateChooser() {
            @Override
            public int choose(String name, List<?> candidates) {
                return resolveNow(name, candidates);
            }

            @Override
            public List<Integer> chooseSome(String name, List<?> candidates, int count) {
                return resolveSome(name, candidates, count);
            }
        };
    }

    /** An event comes to the node, which is as it was since the last one. Told only to a resolver that {@link #looksAhead}. */
    default void met(RestingNode<S> node, Event event) {}

    /** Whatever comes to the node is about to change it, which is still as it was since the last change; what it chooses is decided. */
    default void beforeChange(RestingNode<S> node) {}

    /** The node's state, or one of its channels, is not what it was. Told only to a resolver that {@link #looksAhead}. */
    default void changed() {}

    /**
     * An event is over, or something has become known: a time to think about choices that may come. Told only to a resolver that
     * {@link #looksAhead}.
     */
    default void rests(RestingNode<S> node) {}

    /** Whether this resolver looks ahead, so that the node has to gather checkpoints. */
    default boolean looksAhead() {
        return false;
    }
}
