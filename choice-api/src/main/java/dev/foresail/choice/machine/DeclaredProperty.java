package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A property made of a name and a predicate; what generated machines use.
 *
 * @param <S> the protocol's state
 * @param within of a liveness property, the time within which it must hold; empty: eventually
 * @param predicate stateless
 */
public record DeclaredProperty<S>(String name, Kind kind, Optional<Duration> within, Predicate<SystemView<S>> predicate)
        implements PropertyDescription<S> {
    @Override
    public boolean holds(SystemView<S> view) {
        return predicate.test(view);
    }

    /**
     * Whether {@code predicate} holds at every node.
     *
     * @throws UnknownNodeException when it holds at every known node but the view is not complete
     */
    public static <S> boolean everywhere(SystemView<S> view, BiPredicate<? super S, NodeId> predicate) {
        for (NodeId node : view.nodes()) {
            if (!predicate.test(view.state(node), node)) {
                return false;
            }
        }
        if (!view.isComplete()) {
            throw new UnknownNodeException("not every node is known");
        }
        return true;
    }
}
