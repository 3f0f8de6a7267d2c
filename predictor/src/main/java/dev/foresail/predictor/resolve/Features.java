package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.LedgerRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the values of a choice's alternatives depend on, as a fingerprint. Pure functions.
 *
 * <p>With aggregates: per alternative, the handler and, for every candidate that is a neighbour, the estimates of its
 * aggregates as they are and as they would be with this message handed over. This node's own hand-overs are in there by
 * the ledger rule, so taking a decision changes the features, and situations that differ only in the names of nodes are
 * the same. Weakness: state and link figures that no aggregate shows are not seen. Without aggregates, or where candidates
 * are not nodes: the whole local state and the event.
 */
final class Features {
    private Features() {}

    static <S> long fingerprint(
            Machine<S> machine,
            String choice,
            S state,
            Map<NodeId, Channel> channels,
            Event event,
            List<Alternative> alternatives) {
        StateWriter out = new StateWriter();
        out.writeString(choice);
        boolean byEstimates = !machine.aggregates().isEmpty() && bindsNodesOnly(alternatives);
        if (!byEstimates) {
            machine.write(state, out);
            writeEvent(machine, event, out);
        }
        for (Alternative alternative : alternatives) {
            out.writeInt(alternative.handler());
            for (Object binding : alternative.bindings()) {
                if (byEstimates && binding instanceof NodeId candidate) {
                    writeEstimates(machine, Optional.ofNullable(channels.get(candidate)), event, out);
                } else {
                    out.writeString(binding.toString());
                }
            }
        }
        return out.fingerprint();
    }

    private static boolean bindsNodesOnly(List<Alternative> alternatives) {
        for (Alternative alternative : alternatives) {
            for (Object binding : alternative.bindings()) {
                if (!(binding instanceof NodeId)) {
                    return false;
                }
            }
            if (alternative.bindings().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static <S> void writeEstimates(
            Machine<S> machine, Optional<Channel> channel, Event event, StateWriter out) {
        for (int index = 0; index < machine.aggregates().size(); index++) {
            boolean known = writeEstimate(machine.aggregates().get(index), index, channel, event, out);
            if (!known) {
                writeEvent(machine, event, out);
            }
        }
    }

    /** Returns whether there is an estimate; without one, the event itself has to tell what would be handed over. */
    private static <V> boolean writeEstimate(
            AggregateDescription<?, V> aggregate, int index, Optional<Channel> channel, Event event, StateWriter out) {
        Optional<V> estimate = channel.flatMap(known -> LedgerRule.estimate(aggregate, index, known));
        out.writeBoolean(estimate.isPresent());
        if (estimate.isEmpty()) {
            out.writeLong(channel.map(Channel::sent).orElse(0L));
            return false;
        }
        aggregate.write(estimate.get(), out);
        if (event instanceof Event.Delivery delivery && aggregate.isHandOver(delivery.message())) {
            aggregate.write(aggregate.afterHandOver(estimate.get(), delivery.message()), out);
        }
        return true;
    }

    private static void writeEvent(Machine<?> machine, Event event, StateWriter out) {
        if (event instanceof Event.Delivery delivery) {
            out.writeNodeId(delivery.from());
            machine.writeMessage(delivery.message(), out);
        } else {
            out.writeString(event.toString());
        }
    }
}
