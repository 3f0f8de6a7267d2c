package dev.foresail.predictor.lookahead;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.LedgerRule;
import dev.foresail.predictor.view.PictureView;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The nodes of a roll-out of which there is no checkpoint, as its protocol imagines them ({@link dev.foresail.choice.Generic}). Used for one
 * roll-out, by one thread.
 *
 * <p>Idea: a node's state is drawn anew in each roll-out from what is known of aggregates there, so that predictions vary as much as
 * ignorance says; the same roll-out of every alternative draws the same for the same node. They answer, and are in no view: what is
 * known of them remains what their neighbours in sight were told, and objectives are asked of nodes that there are.
 */
final class GenericNodes<S> {
    /** The most of them; the others take what they are sent. */
    static final int MOST = 64;

    private final Machine<S> machine;
    private final LinkDelays delays;
    private final long seed;
    private final int round;
    private final Map<NodeId, RolledNode<S>> nodes = new HashMap<>();
    private Optional<String> trouble = Optional.empty();

    GenericNodes(Machine<S> machine, LinkDelays delays, long seed, int round) {
        this.machine = machine;
        this.delays = delays;
        this.seed = seed;
        this.round = round;
    }

    /** Empty where there is none. */
    Optional<RolledNode<S>> find(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    boolean has(NodeId id) {
        return nodes.containsKey(id);
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Whether there can be one more. */
    boolean isRoom() {
        return machine.imagines() && trouble.isEmpty() && nodes.size() < MOST;
    }

    /** Why the first one that was to be imagined could not be. */
    Optional<String> trouble() {
        return trouble;
    }

    /** The protocol's code threw over what the node is like: from now on it and all others take what they are sent. */
    void failed(NodeId id, RuntimeException thrown) {
        nodes.remove(id);
        trouble = Optional.of("what " + id + " is like: " + thrown);
    }

    /** A new one, with the configuration of {@code like} and fields as they are before anything has happened. */
    RolledNode<S> add(NodeId id, S like) {
        Checkpoint<S> blank = new Checkpoint<>(
                id, 0, machine.blank(like), Collections.emptySortedMap(), List.of(), Collections.emptySortedMap());
        RolledNode<S> node = RolledNode.of(
                machine, blank, RandomStream.of(seed, "generic", round, id.value()), delays.serviceNanos(id));
        nodes.put(id, node);
        return node;
    }

    /**
     * What is known of aggregates when a node is imagined: at the nodes in the view, and at the node itself, where one of these was told.
     *
     * @param tellers who may have been told, the sender of the first message to it first
     */
    AggregateValues told(PictureView<S> view, NodeId id, List<Teller> tellers) {
        return new AggregateValues() {
            @Override
            public <V> Known<V> of(String name) {
                Known<V> inView = view.of(name);
                for (Teller teller : tellers) {
                    Optional<V> told = estimate(name, teller);
                    if (told.isPresent()) {
                        return new WithOne<>(inView, id, told, teller.ageNanos());
                    }
                }
                return new WithOne<>(inView, id, Optional.empty(), Long.MAX_VALUE);
            }
        };
    }

    /**
     * A node in sight that may have been told something by one that is not.
     *
     * @param channel to the one that is not
     * @param received how many of its messages count as received there
     * @param ageNanos how old what it was told is at least
     */
    record Teller(Channel channel, long received, long ageNanos) {}

    @SuppressWarnings("unchecked")
    private <V> Optional<V> estimate(String name, Teller teller) {
        Optional<Exported> exported = teller.channel().exported();
        for (int index = 0; exported.isPresent() && index < machine.aggregates().size(); index++) {
            if (machine.aggregates().get(index).name().equals(name)) {
                AggregateDescription<S, V> aggregate =
                        (AggregateDescription<S, V>) machine.aggregates().get(index);
                return Optional.of(
                        LedgerRule.estimateUpTo(aggregate, index, teller.channel(), exported.get(), teller.received()));
            }
        }
        return Optional.empty();
    }

    /** What is known of others, and of one node more. */
    private record WithOne<V>(Known<V> others, NodeId one, Optional<V> value, long toldNanos) implements Known<V> {
        @Override
        public SortedSet<NodeId> nodes() {
            SortedSet<NodeId> nodes = new TreeSet<>(others.nodes());
            nodes.add(one);
            return nodes;
        }

        @Override
        public Optional<V> at(NodeId node) {
            return node.equals(one) ? value : others.at(node);
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            return at(node).orElse(otherwise);
        }

        @Override
        public long ageNanos(NodeId node) {
            return node.equals(one) ? toldNanos : others.ageNanos(node);
        }
    }
}
