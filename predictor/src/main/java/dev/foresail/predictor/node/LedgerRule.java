package dev.foresail.predictor.node;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Aggregates obey a ledger (docs/architecture.md, "Aggregates and the ledger"): the estimate of a neighbour's
 * aggregate is its last exported value plus what this node has handed to it since, less what that export has already
 * seen. Each node applies the rule before it exports its own value. Without it a node keeps sending to the child that
 * looked emptiest a second ago. Stateless.
 */
public final class LedgerRule {
    private LedgerRule() {}

    /** The value of aggregate {@code index} at the node with this state and these channels. */
    public static <S> Object own(Machine<S> machine, int index, S state, Map<NodeId, Channel> channels, long nowNanos) {
        return evaluate(machine.aggregates().get(index), index, state, channels, nowNanos);
    }

    /** All aggregates of a node, in the machine's order. */
    public static <S> List<Object> all(Machine<S> machine, S state, Map<NodeId, Channel> channels, long nowNanos) {
        List<Object> values = new ArrayList<>(machine.aggregates().size());
        for (int index = 0; index < machine.aggregates().size(); index++) {
            values.add(own(machine, index, state, channels, nowNanos));
        }
        return values;
    }

    private static <S, V> Object evaluate(
            AggregateDescription<S, V> aggregate, int index, S state, Map<NodeId, Channel> channels, long nowNanos) {
        return aggregate.evaluate(
                state, new Estimates<>(aggregate, index, new TreeSet<>(aggregate.over(state)), channels, nowNanos));
    }

    /** The estimate of aggregate {@code index} at the peer of {@code channel}. */
    public static <V> Optional<V> estimate(AggregateDescription<?, V> aggregate, int index, Channel channel) {
        Optional<Exported> exported = channel.exported();
        // Without a lambda: this is on every decision's critical path.
        return exported.isEmpty() ? Optional.empty() : Optional.of(estimate(aggregate, index, channel, exported.get()));
    }

    /**
     * The estimate at a peer that has exported something. Starts from the last estimate, where there is one of the same export.
     *
     * @param exported what the channel's peer has exported last
     */
    @SuppressWarnings("unchecked")
    public static <V> V estimate(AggregateDescription<?, V> aggregate, int index, Channel channel, Exported exported) {
        Optional<FoldedEstimate> last = channel.folded(index);
        boolean usable = FoldedEstimate.isUsable(last, exported);
        long upTo = usable ? last.get().upTo() : exported.received();
        V value = (V) (usable ? last.get().value() : exported.values().get(index));
        List<SentMessage> news = channel.logAfter(upTo);
        if (usable && news.isEmpty()) {
            return value;
        }
        V estimate = handedOver(aggregate, value, news);
        long latest = news.isEmpty() ? upTo : news.get(news.size() - 1).sequence();
        channel.fold(index, new FoldedEstimate(exported, latest, estimate));
        return estimate;
    }

    /**
     * As {@link #estimate(AggregateDescription, int, Channel, Exported)}, with the messages after {@code last} not yet handed over.
     *
     * @param last of as many of this node's messages counts what is handed over
     */
    @SuppressWarnings("unchecked")
    public static <V> V estimateUpTo(
            AggregateDescription<?, V> aggregate, int index, Channel channel, Exported exported, long last) {
        List<SentMessage> news = channel.logAfter(exported.received()).stream()
                .filter(sent -> sent.sequence() <= last)
                .toList();
        return handedOver(aggregate, (V) exported.values().get(index), news);
    }

    /** {@code value} with every message in the log after {@code received} having had its effect. */
    public static <V> V handedOver(AggregateDescription<?, V> aggregate, V value, Channel channel, long received) {
        return handedOver(aggregate, value, channel.logAfter(received));
    }

    private static <V> V handedOver(AggregateDescription<?, V> aggregate, V value, List<SentMessage> news) {
        V result = value;
        for (SentMessage sent : news) {
            if (aggregate.isHandOver(sent.message())) {
                result = aggregate.afterHandOver(result, sent.message());
            }
        }
        return result;
    }

    /** What a node knows of its neighbours' aggregate, by the ledger rule. */
    private record Estimates<V>(
            AggregateDescription<?, V> aggregate,
            int index,
            SortedSet<NodeId> nodes,
            Map<NodeId, Channel> channels,
            long nowNanos)
            implements Known<V> {
        @Override
        public Optional<V> at(NodeId node) {
            Channel channel = channels.get(node);
            return channel == null ? Optional.empty() : estimate(aggregate, index, channel);
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            Channel channel = channels.get(node);
            if (channel == null) {
                return otherwise;
            }
            return estimate(aggregate, index, channel)
                    .orElseGet(() -> handedOver(aggregate, otherwise, channel, Long.MIN_VALUE));
        }

        @Override
        public long ageNanos(NodeId node) {
            Channel channel = channels.get(node);
            return channel == null || channel.exported().isEmpty()
                    ? Long.MAX_VALUE
                    : nowNanos - channel.exported().get().atNanos();
        }
    }
}
