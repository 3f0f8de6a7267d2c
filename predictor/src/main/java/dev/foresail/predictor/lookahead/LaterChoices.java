package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.Channel;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the resolver's own last policy would choose in a situation that a roll-out meets: the values it has learnt
 * already. Thread-safe.
 */
@FunctionalInterface
public interface LaterChoices<S> {
    /** The index of the alternative it would take, empty when it has not met the situation. */
    OptionalInt recall(
            NodeId node, S state, Map<NodeId, Channel> channels, Event event, List<Alternative> alternatives);

    /** Remembers nothing. */
    static <S> LaterChoices<S> none() {
        return (node, state, channels, event, alternatives) -> OptionalInt.empty();
    }
}
