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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** Those that the protocol's code has thrown over. */
    private final Set<NodeId> failed = new HashSet<>();

    private final Set<NodeId> silent;
    private Optional<String> trouble = Optional.empty();

    /** @param silent these are not imagined */
    GenericNodes(Machine<S> machine, Set<NodeId> silent, LinkDelays delays, long seed, int round) {
        this.machine = machine;
        this.silent = silent;
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

    /** Whether one was imagined, also one that has fallen silent. */
    boolean hadAny() {
        return !nodes.isEmpty() || !failed.isEmpty();
    }

    /** Whether that node, which is not one yet, can be one. */
    boolean mayAdd(NodeId id) {
        if (!machine.imagines() || silent.contains(id) || failed.contains(id)) {
            return false;
        }
        if (nodes.size() + failed.size() < MOST) {
            return true;
        }
        limited(id + ", as at most " + MOST + " nodes are imagined");
        return false;
    }

    /** What is told of the first node that could not be imagined, or not to the end. */
    Optional<String> trouble() {
        return trouble;
    }

    /** The protocol's code threw: from now on the node takes what it is sent. */
    void failed(NodeId id, String what) {
        nodes.remove(id);
        failed.add(id);
        trouble = trouble.or(() -> Optional.of(what));
    }

    /** There was more to imagine than a future may take. */
    void limited(String what) {
        trouble = trouble.or(() -> Optional.of(what));
    }

    /** A new one, with the configuration of {@code like} and fields as they are before anything has happened. */
    RolledNode<S> add(NodeId id, S like) {
        Checkpoint<S> blank = new Checkpoint<>(
                id, 0, machine.blank(like), Collections.emptySortedMap(), List.of(), Collections.emptySortedMap());
        RolledNode<S> node = RolledNode.unchanged(blank)
                .begin(machine, RandomStream.of(seed, "generic", round, id.value()), delays.serviceNanos(id));
        nodes.put(id, node);
        return node;
    }

    /**
     * What is known of aggregates when a node is imagined: at the nodes in the view, and at the node itself, where one of these was told.
     *
     * @param tellers who may have been told; what was told last counts, the first of equals
     * @param newer channels to nodes in the view that have exported since the view's picture of them: the export counts
     * @param nowNanos by the clock that says when it was told
     */
    AggregateValues told(
            PictureView<S> view, NodeId id, List<Teller> tellers, Map<NodeId, Channel> newer, long nowNanos) {
        return new AggregateValues() {
            @Override
            public <V> Known<V> of(String name) {
                Map<NodeId, Word<V>> words = new HashMap<>();
                newer.forEach((node, channel) -> words.put(node, word(name, new Teller(channel, Long.MAX_VALUE))));
                words.put(
                        id,
                        freshest(tellers)
                                .map(teller -> GenericNodes.this.<V>word(name, teller))
                                .orElseGet(() -> new Word<>(Optional.empty(), Long.MIN_VALUE)));
                return new WithWords<>(view.of(name), words, nowNanos);
            }
        };
    }

    /**
     * A node in sight that may have been told something by one that is not.
     *
     * @param channel to the one that is not
     * @param received how many of its messages count as received there
     */
    record Teller(Channel channel, long received) {
        long toldNanos() {
            return channel.exported().map(Exported::atNanos).orElse(Long.MIN_VALUE);
        }
    }

    private static Optional<Teller> freshest(List<Teller> tellers) {
        Optional<Teller> freshest = Optional.empty();
        for (Teller teller : tellers) {
            boolean isTold = teller.channel().exported().isPresent();
            if (isTold
                    && (freshest.isEmpty()
                            || teller.toldNanos() > freshest.get().toldNanos())) {
                freshest = Optional.of(teller);
            }
        }
        return freshest;
    }

    private <V> Word<V> word(String name, Teller teller) {
        return new Word<>(estimate(name, teller), teller.toldNanos());
    }

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

    /**
     * What was told of one node.
     *
     * @param toldNanos when; {@link Long#MIN_VALUE} where nothing was
     */
    private record Word<V>(Optional<V> value, long toldNanos) {}

    /** What is known of others, and what some were told of nodes beside. */
    private record WithWords<V>(Known<V> others, Map<NodeId, Word<V>> words, long nowNanos) implements Known<V> {
        @Override
        public SortedSet<NodeId> nodes() {
            SortedSet<NodeId> nodes = new TreeSet<>(others.nodes());
            nodes.addAll(words.keySet());
            return nodes;
        }

        @Override
        public Optional<V> at(NodeId node) {
            Word<V> word = words.get(node);
            return word == null ? others.at(node) : word.value();
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            return at(node).orElse(otherwise);
        }

        @Override
        public long ageNanos(NodeId node) {
            Word<V> word = words.get(node);
            if (word == null) {
                return others.ageNanos(node);
            }
            return word.value().isEmpty() ? Long.MAX_VALUE : Math.max(0, nowNanos - word.toldNanos());
        }
    }
}
