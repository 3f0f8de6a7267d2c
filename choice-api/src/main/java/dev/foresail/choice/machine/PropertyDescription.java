package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A safety or liveness property as the engines see it. Implementations are stateless. */
public interface PropertyDescription<S> {
    /** The two kinds of properties. */
    enum Kind {
        SAFETY,
        LIVENESS
    }

    String name();

    Kind kind();

    /** Of a liveness property: within what time it must hold; empty: eventually. */
    Optional<Duration> within();

    /** Of a property of single nodes, what must hold at each; empty when it looks at several nodes together. */
    default Optional<BiPredicate<? super S, NodeId>> atEachNode() {
        return Optional.empty();
    }

    /** Of a property of what all nodes contribute, what they do; empty of others. */
    default Optional<MultisetPredicate<S>> ofMultisets() {
        return Optional.empty();
    }

    /**
     * Whether a safety property of several nodes reads nothing of their states but stable fields and configuration, for
     * certain: then it may be asked of what is known of the nodes' history.
     */
    default boolean readsOnlyStable() {
        return false;
    }

    /** @throws dev.foresail.choice.UnknownNodeException when it depends on nodes that are not known */
    boolean holds(SystemView<S> view);
}
