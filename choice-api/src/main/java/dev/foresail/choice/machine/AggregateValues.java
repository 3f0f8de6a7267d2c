package dev.foresail.choice.machine;

import dev.foresail.choice.Known;

/** The values of the protocol's aggregates at the nodes of a view. */
public interface AggregateValues {
    /** The values of the aggregate {@code name}; the caller knows its type. */
    <V> Known<V> of(String name);
}
