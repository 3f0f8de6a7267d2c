package dev.foresail.choice;

import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiFunction;

/**
 * What is known of an aggregate at a set of nodes. Values of neighbours are estimates: the last exported value plus what
 * was handed over since. Immutable while a handler or an evaluation runs.
 *
 * @param <V> the aggregate's type
 */
public interface Known<V> {
    /** The nodes that were asked about, whether or not anything is known of them. */
    SortedSet<NodeId> nodes();

    /** The value at {@code node}, empty when it has never exported one. */
    Optional<V> at(NodeId node);

    /** The age of the exported value in nanoseconds; {@link Long#MAX_VALUE} when there is none. */
    long ageNanos(NodeId node);

    /**
     * The value at {@code node}; when it has never exported one, {@code otherwise} plus what was handed over since.
     */
    V atOr(NodeId node, V otherwise);

    /** Folds the known values in the order of the ids; nodes without a value are left out. */
    default <R> R fold(R start, BiFunction<R, ? super V, R> step) {
        R result = start;
        for (NodeId node : nodes()) {
            Optional<V> value = at(node);
            if (value.isPresent()) {
                result = step.apply(result, value.get());
            }
        }
        return result;
    }
}
