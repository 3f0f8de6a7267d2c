package dev.foresail.predictor.view;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.LedgerRule;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes in sight with their states and the values of their aggregates. Not thread-safe; the pictures must not change
 * while it is used.
 *
 * <p>Values of aggregates are computed from the states: where a neighbour is in sight, its own value plus what is in
 * flight to it; where it is not, or where its picture is older than its last export, that export by the ledger rule. Where neighbours depend on each other in a
 * circle, the circle is cut at the export.
 */
public final class PictureView<S> implements SystemView<S>, AggregateValues {
    private final Machine<S> machine;
    private final Pictures<S> pictures;
    private final SortedSet<NodeId> nodes;
    private final boolean complete;
    private final BiPredicate<NodeId, NodeId> exportIsNewer;
    private final Map<String, Map<NodeId, Object>> values = new HashMap<>();

    /** Where a view finds what it shows. */
    @FunctionalInterface
    public interface Pictures<S> {
        /** Null when the node is not in sight. */
        @Nullable
        Picture<S> of(NodeId node);
    }

    public PictureView(Machine<S> machine, SortedMap<NodeId, Picture<S>> pictures, boolean complete) {
        this(machine, pictures, complete, (node, neighbour) -> false);
    }

    /**
     * A view whose pictures may be older than what nodes were told since.
     *
     * @param exportIsNewer whether what the first node was last told of the second's aggregates is newer than the second's
     *     picture
     */
    public PictureView(
            Machine<S> machine,
            SortedMap<NodeId, Picture<S>> pictures,
            boolean complete,
            BiPredicate<NodeId, NodeId> exportIsNewer) {
        this(machine, new TreeSet<>(pictures.keySet()), pictures::get, complete, exportIsNewer);
    }

    /**
     * A view that makes its pictures when they are looked at.
     *
     * @param nodes those of which there are pictures
     */
    public PictureView(Machine<S> machine, SortedSet<NodeId> nodes, Pictures<S> pictures, boolean complete) {
        this(machine, nodes, pictures, complete, (node, neighbour) -> false);
    }

    private PictureView(
            Machine<S> machine,
            SortedSet<NodeId> nodes,
            Pictures<S> pictures,
            boolean complete,
            BiPredicate<NodeId, NodeId> exportIsNewer) {
        this.exportIsNewer = exportIsNewer;
        this.machine = machine;
        this.pictures = pictures;
        this.nodes = Collections.unmodifiableSortedSet(nodes);
        this.complete = complete;
    }

    @Override
    public SortedSet<NodeId> nodes() {
        return nodes;
    }

    @Override
    public boolean isKnown(NodeId node) {
        return pictures.of(node) != null;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public S state(NodeId node) {
        return picture(node).state();
    }

    @Override
    public long ageNanos(NodeId node) {
        return picture(node).ageNanos();
    }

    private Picture<S> picture(NodeId node) {
        Picture<S> picture = pictures.of(node);
        if (picture == null) {
            throw new UnknownNodeException(node + " is not known");
        }
        return picture;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> Known<V> of(String name) {
        for (int index = 0; index < machine.aggregates().size(); index++) {
            if (machine.aggregates().get(index).name().equals(name)) {
                AggregateDescription<S, V> aggregate =
                        (AggregateDescription<S, V>) machine.aggregates().get(index);
                return new AtNodes<>(new Evaluation<>(aggregate, index));
            }
        }
        throw new IllegalArgumentException("no aggregate is named '" + name + "'");
    }

    /** Computes one aggregate over the view, each node at most once. */
    private final class Evaluation<V> {
        final AggregateDescription<S, V> aggregate;
        final int index;
        final Map<NodeId, Object> done;
        final Set<NodeId> underWay = new HashSet<>();

        Evaluation(AggregateDescription<S, V> aggregate, int index) {
            this.aggregate = aggregate;
            this.index = index;
            this.done = values.computeIfAbsent(aggregate.name(), added -> new HashMap<>());
        }

        @SuppressWarnings("unchecked")
        V value(NodeId node) {
            Object known = done.get(node);
            if (known == null) {
                underWay.add(node);
                Picture<S> picture = picture(node);
                known = aggregate.evaluate(picture.state(), new AtNeighbours<>(this, node, picture));
                underWay.remove(node);
                done.put(node, known);
            }
            return (V) known;
        }
    }

    /** The values at the nodes in sight. */
    private final class AtNodes<V> implements Known<V> {
        private final Evaluation<V> evaluation;

        AtNodes(Evaluation<V> evaluation) {
            this.evaluation = evaluation;
        }

        @Override
        public SortedSet<NodeId> nodes() {
            return PictureView.this.nodes();
        }

        @Override
        public Optional<V> at(NodeId node) {
            return isKnown(node) ? Optional.of(evaluation.value(node)) : Optional.empty();
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            return at(node).orElse(otherwise);
        }

        @Override
        public long ageNanos(NodeId node) {
            return isKnown(node) ? PictureView.this.ageNanos(node) : Long.MAX_VALUE;
        }
    }

    /** The values at the neighbours of one node in sight. */
    private final class AtNeighbours<V> implements Known<V> {
        private final Evaluation<V> evaluation;
        private final NodeId self;
        private final Picture<S> picture;
        private final SortedSet<NodeId> nodes;

        AtNeighbours(Evaluation<V> evaluation, NodeId self, Picture<S> picture) {
            this.evaluation = evaluation;
            this.self = self;
            this.picture = picture;
            this.nodes = new TreeSet<>(evaluation.aggregate.over(picture.state()));
        }

        @Override
        public SortedSet<NodeId> nodes() {
            return nodes;
        }

        @Override
        public Optional<V> at(NodeId node) {
            if (isKnown(node) && !evaluation.underWay.contains(node) && !exportIsNewer.test(self, node)) {
                return Optional.of(inFlightAdded(node, evaluation.value(node)));
            }
            Channel channel = picture.channels().get(node);
            return channel == null
                    ? Optional.empty()
                    : LedgerRule.estimate(evaluation.aggregate, evaluation.index, channel);
        }

        private V inFlightAdded(NodeId node, V value) {
            Channel channel = picture.channels().get(node);
            if (channel == null) {
                return value;
            }
            Channel back = picture(node).channels().get(self);
            return LedgerRule.handedOver(
                    evaluation.aggregate, value, channel, back == null ? 0 : back.receivedOf(channel));
        }

        @Override
        public V atOr(NodeId node, V otherwise) {
            Optional<V> known = at(node);
            if (known.isPresent()) {
                return known.get();
            }
            Channel channel = picture.channels().get(node);
            return channel == null
                    ? otherwise
                    : LedgerRule.handedOver(evaluation.aggregate, otherwise, channel, Long.MIN_VALUE);
        }

        @Override
        public long ageNanos(NodeId node) {
            return isKnown(node) ? PictureView.this.ageNanos(node) : Long.MAX_VALUE;
        }
    }
}
