package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.LedgerRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a choice's alternatives depend on, as a fingerprint. Keeps the buffer that it writes to, as a
 * fingerprint is taken on every event's critical path. Not thread-safe.
 *
 * <p>With aggregates: what this node's own come to; and per alternative, the handler and, for every candidate that is a
 * neighbour, the estimates of its aggregates as they are and as they would be with this message handed over. This node's own
 * hand-overs are in there by the ledger rule, so taking a decision changes the features, and situations that differ only in
 * the names of nodes are the same. Weakness: state and link figures that no aggregate shows are not seen. Without
 * aggregates, or where candidates are not nodes: the whole local state and the event.
 *
 * @param <S> the protocol's state
 */
final class Features<S> {
    private final Machine<S> machine;
    private final List<AggregateDescription<S, ?>> aggregates;
    private final StateWriter out = new StateWriter();

    Features(Machine<S> machine) {
        this.machine = machine;
        this.aggregates = machine.aggregates();
    }

    /**
     * What a node's own aggregates come to, as a fingerprint. Apart from the rest, as they are known when an event is over, long before the next one's critical
     * path. What throws is the same whatever it throws: a choice is not to fail for an aggregate.
     *
     * @param nowNanos the node's time, of which its estimates' ages are
     */
    long own(S state, Map<NodeId, Channel> channels, long nowNanos) {
        out.reset();
        for (int index = 0; index < aggregates.size(); index++) {
            writeOwn(aggregates.get(index), index, state, channels, nowNanos);
        }
        return out.fingerprint();
    }

    @SuppressWarnings("unchecked") // the value is the aggregate's own
    private <V> void writeOwn(
            AggregateDescription<S, V> aggregate, int index, S state, Map<NodeId, Channel> channels, long nowNanos) {
        try {
            V value = (V) LedgerRule.own(machine, index, state, channels, nowNanos);
            aggregate.write(value, out);
        } catch (RuntimeException thrown) {
            out.writeBoolean(false);
        }
    }

    /**
     * Whether the features are estimates alone: then an event that is only like another one has the same features.
     */
    boolean areEstimatesAlone(NodeId self, Map<NodeId, Channel> channels, List<Alternative> alternatives) {
        if (aggregates.isEmpty() || !bindsNodesOnly(alternatives)) {
            return false;
        }
        return alternatives.stream()
                .flatMap(alternative -> alternative.bindings().stream())
                .allMatch(candidate -> candidate.equals(self)
                        || (channels.containsKey(candidate)
                                && channels.get(candidate).exported().isPresent()));
    }

    /**
     * The features as a fingerprint. What a node that is a candidate itself is like is in its own aggregates.
     *
     * @param own see {@link #own}
     */
    long fingerprint(
            String choice,
            NodeId self,
            long own,
            S state,
            Map<NodeId, Channel> channels,
            Event event,
            List<Alternative> alternatives) {
        out.reset();
        out.writeString(choice);
        out.writeLong(own);
        boolean byEstimates = !aggregates.isEmpty() && bindsNodesOnly(alternatives);
        if (!byEstimates) {
            machine.write(state, out);
            writeEvent(event);
        }
        for (int index = 0; index < alternatives.size(); index++) {
            Alternative alternative = alternatives.get(index);
            out.writeInt(alternative.handler());
            List<Object> bindings = alternative.bindings();
            for (int place = 0; place < bindings.size(); place++) {
                Object binding = bindings.get(place);
                boolean isItself = binding.equals(self);
                out.writeBoolean(isItself);
                if (byEstimates && !isItself && binding instanceof NodeId candidate) {
                    writeEstimates(channels.get(candidate), event);
                } else if (!byEstimates) {
                    out.writeString(binding.toString());
                }
            }
        }
        return out.fingerprint();
    }

    private static boolean bindsNodesOnly(List<Alternative> alternatives) {
        for (int index = 0; index < alternatives.size(); index++) {
            List<Object> bindings = alternatives.get(index).bindings();
            if (bindings.isEmpty()) {
                return false;
            }
            for (int place = 0; place < bindings.size(); place++) {
                if (!(bindings.get(place) instanceof NodeId)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void writeEstimates(@Nullable Channel channel, Event event) {
        for (int index = 0; index < aggregates.size(); index++) {
            boolean known = isEstimateWritten(aggregates.get(index), index, channel, event);
            if (!known) {
                writeEvent(event);
            }
        }
    }

    /** Returns whether there is an estimate; without one, the event itself has to tell what would be handed over. */
    private <V> boolean isEstimateWritten(
            AggregateDescription<?, V> aggregate, int index, @Nullable Channel channel, Event event) {
        Optional<Exported> exported = channel == null ? Optional.empty() : channel.exported();
        out.writeBoolean(exported.isPresent());
        if (channel == null || exported.isEmpty()) {
            out.writeLong(channel == null ? 0 : channel.sent());
            return false;
        }
        try {
            V estimate = LedgerRule.estimate(aggregate, index, channel, exported.get());
            aggregate.write(estimate, out);
            if (event instanceof Event.Delivery delivery && aggregate.isHandOver(delivery.message())) {
                aggregate.write(aggregate.afterHandOver(estimate, delivery.message()), out);
            }
            return true;
        } catch (RuntimeException thrown) {
            // As with a node's own: a choice is not to fail for an aggregate.
            out.writeLong(channel.sent());
            return false;
        }
    }

    private void writeEvent(Event event) {
        if (event instanceof Event.Delivery delivery) {
            out.writeNodeId(delivery.from());
            machine.writeMessage(delivery.message(), out);
        } else {
            out.writeString(event.toString());
        }
    }
}
