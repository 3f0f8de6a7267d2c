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
     * @param nowNanos by the clock that says when it was told
     */
    AggregateValues told(PictureView<S> view, NodeId id, List<Teller> tellers, long nowNanos) {
        return new AggregateValues() {
            @Override
            public <V> Known<V> of(String name) {
                Known<V> inView = view.of(name);
                Optional<Teller> freshest = freshest(tellers);
                return new WithOne<>(
                        inView,
                        id,
                        freshest.flatMap(teller -> estimate(name, teller)),
                        freshest.map(teller -> Math.max(0, nowNanos - teller.toldNanos()))
                                .orElse(Long.MAX_VALUE));
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
