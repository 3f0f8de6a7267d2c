package dev.foresail.choice;

import java.util.Set;

/**
 * What the nodes of a system contribute, taken together: each value with how often it was contributed, and not by whom. What
 * a {@link Safety} or {@link Liveness} property takes with {@link Each}.
 *
 * <p>Read-only, and valid while the property is asked; not to be kept. Values are told apart by {@code equals}.
 *
 * @param <V> the values, which are immutable
 */
public interface Multiset<V> {
    /** How many values there are, equal ones counted each time. */
    int size();

    /** How many different values there are. */
    int distinct();

    /** How often {@code value} was contributed; 0 when it was not. */
    int count(V value);

    /** The different values, in an order that means nothing: an answer must not depend on it. Unmodifiable. */
    Set<V> values();

    /**
     * Whether every node of the system that is up has contributed. When not, there may be more of everything: a property that fails
     * then counts as violated, and one that holds as <em>unknown</em>. A property that more contributions could make true, such as
     * {@code somebodyLeads} at {@link Each}, would so be found violated though it may hold: it needs {@link #requireComplete}.
     */
    boolean isComplete();

    default boolean isEmpty() {
        return size() == 0;
    }

    default boolean contains(V value) {
        return count(value) > 0;
    }

    /**
     * This multiset, for a property that more contributions could make true, such as "somebody leads": it is not violated as
     * long as nodes are not known.
     *
     * @throws UnknownNodeException when it is not complete, which makes the answer <em>unknown</em>
     */
    default Multiset<V> requireComplete() {
        if (!isComplete()) {
            throw new UnknownNodeException("not every node is known");
        }
        return this;
    }
}
