package dev.foresail.choice.machine;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import java.util.Collection;

/**
 * An aggregate as the engines see it. Implementations are stateless.
 *
 * @param <S> the protocol's state
 * @param <V> the aggregate's value, immutable
 */
public interface AggregateDescription<S, V> {
    String name();

    /** The neighbours whose values enter this node's, read from {@code state}. */
    Collection<NodeId> over(S state);

    /** This node's value. */
    V evaluate(S state, Known<V> known);

    /** Whether a message of this kind changes the aggregate of the node it is handed to. */
    boolean isHandOver(Object message);

    /** The value once {@code message} has had its effect; {@code value} itself when it is no hand-over. */
    V afterHandOver(V value, Object message);

    void write(V value, StateWriter out);

    V read(StateReader in);
}
