package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A choice that a resolver is asked to make. Valid during the call only, on the node's thread; what is to be kept for
 * later is in {@link #snapshot}.
 *
 * @param choice the choice's name, such as {@code randtree.delegate.child}
 * @param options fallback, await and repeatability as the author declared them
 * @param alternatives at least 2
 * @param state the node's state, read-only
 * @param channels the node's channels, read-only
 * @param mayWait whether the event may be parked for a prediction
 * @param snapshot builds an immutable picture for the look-ahead; costs a copy
 * @param resume to be called, on the node's thread, when a resolver that answered {@link Resolution.Waiting} knows more
 */
public record ChoiceContext<S>(
        Machine<S> machine,
        NodeId self,
        String choice,
        ChoicePointDescription options,
        Event event,
        List<Alternative> alternatives,
        S state,
        Map<NodeId, Channel> channels,
        long nowNanos,
        boolean mayWait,
        Supplier<Snapshot<S>> snapshot,
        Runnable resume) {}
