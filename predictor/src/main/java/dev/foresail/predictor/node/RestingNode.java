package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What a {@link Resolver} may ask of its node between two events, on the node's thread.
 *
 * @param <S> the protocol's state
 */
public interface RestingNode<S> {
    NodeId self();

    /** The state itself, to be read only. */
    S state();

    /** The channels themselves, to be read only. */
    SortedMap<NodeId, Channel> channels();

    /** In how many nanoseconds a timer goes off, at least 0; empty when it is not armed. */
    OptionalLong timerDueNanos(String timer);

    /** An immutable picture for the look-ahead; costs a copy. */
    Snapshot<S> snapshot();
}
