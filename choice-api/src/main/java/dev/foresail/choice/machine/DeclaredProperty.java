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
 * @param atEachNode of a property of single nodes, what must hold at each
 * @param ofMultisets of a property of what all nodes contribute, what they do
 * @param readsOnlyStable whether it reads nothing of states but stable fields and configuration
 */
public record DeclaredProperty<S>(
        String name,
        Kind kind,
        Optional<Duration> within,
        Predicate<SystemView<S>> predicate,
        Optional<BiPredicate<? super S, NodeId>> atEachNode,
        Optional<MultisetPredicate<S>> ofMultisets,
        boolean readsOnlyStable)
        implements PropertyDescription<S> {
    /** A property of the system. */
    public static <S> DeclaredProperty<S> of(
            String name, Kind kind, Optional<Duration> within, Predicate<SystemView<S>> predicate) {
        return new DeclaredProperty<>(name, kind, within, predicate, Optional.empty(), Optional.empty(), false);
    }

    /** A property of the system that reads nothing of states but stable fields and configuration. */
    public static <S> DeclaredProperty<S> ofStable(
            String name, Kind kind, Optional<Duration> within, Predicate<SystemView<S>> predicate) {
        return new DeclaredProperty<>(name, kind, within, predicate, Optional.empty(), Optional.empty(), true);
    }

    /** A property that holds when {@code predicate} holds at every node. */
    public static <S> DeclaredProperty<S> atEachNode(
            String name, Kind kind, Optional<Duration> within, BiPredicate<? super S, NodeId> predicate) {
        return new DeclaredProperty<>(
                name,
                kind,
                within,
                view -> everywhere(view, predicate),
                Optional.of(predicate),
                Optional.empty(),
                false);
    }

    /**
     * A property of what all nodes contribute.
     *
     * @param readsOnlyStable whether the contributions rest on nothing of states but stable fields and configuration
     */
    public static <S> DeclaredProperty<S> ofMultisets(
            String name,
            Kind kind,
            Optional<Duration> within,
            MultisetPredicate<S> predicate,
            boolean readsOnlyStable) {
        return new DeclaredProperty<>(
                name, kind, within, predicate::holds, Optional.empty(), Optional.of(predicate), readsOnlyStable);
    }

    @Override
    public boolean holds(SystemView<S> view) {
        return predicate.test(view);
    }

    /**
     * Whether {@code predicate} holds at every node.
     *
     * @throws UnknownNodeException when it holds at every known node but the view is not complete
     */
    private static <S> boolean everywhere(SystemView<S> view, BiPredicate<? super S, NodeId> predicate) {
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
