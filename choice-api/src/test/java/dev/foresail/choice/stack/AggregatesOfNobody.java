package dev.foresail.choice.stack;

import dev.foresail.choice.Known;
import dev.foresail.choice.machine.AggregateValues;

/** Nothing is known of any aggregate. */
enum AggregatesOfNobody implements AggregateValues {
    INSTANCE;

    @Override
    public <V> Known<V> of(String name) {
        throw new AssertionError("nothing is known of " + name);
    }
}
