package dev.foresail.eval.overcast;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.overcast.OvercastMessages.Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Overcast with the choice of a place exposed: the parent as before, the grandparent, or one of the siblings. */
@Protocol("exposed-overcast")
public final class ExposedOvercast extends OvercastNode {
    /**
     * @param root the source
     * @param chunkBytes what a chunk of the stream weighs; 0 for none, so that {@code check} sees the tree alone
     * @param evaluationPeriod how long a node stays at its place before it looks for another, at most
     */
    public ExposedOvercast(
            @Default("1") NodeId root, @Default("8192") long chunkBytes, @Default("10s") Duration evaluationPeriod) {
        super(root, chunkBytes, evaluationPeriod);
    }

    // choice code

    /** Those that take from the same accesses as this node: whom it and all above it feed. */
    public record Fed(SortedSet<NodeId> nodes) {
        public Fed {
            nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        }
    }

    /** As of the last evaluation. */
    final SortedSet<NodeId> sharing = new TreeSet<>();

    /** The highest rate that was ever measured from each: a probe waits behind the stream, so that most are lower than what the link has. */
    final SortedMap<NodeId, Double> highest = new TreeMap<>();

    @OnTimer("place")
    void place(@ChoicePoint(from = "places", fallback = Fallback.FIRST, await = "500ms") NodeId place, Node node) {
        measured.forEach((from, rate) -> highest.merge(from, rate.bytesPerSecond(), StrictMath::max));
        sharing.clear();
        sharing.addAll(node.aggregate("fed", Fed.class).nodes());
        settle(place, node);
    }

    /** The parent first. */
    List<NodeId> places() {
        return Stream.concat(parent.stream(), measured.keySet().stream())
                .distinct()
                .toList();
    }

    @Aggregate
    static Fed fed(ExposedOvercast node, Known<Fed> parent) {
        SortedSet<NodeId> fed = parent.fold(new TreeSet<>(node.children.keySet()), (all, above) -> {
            all.addAll(above.nodes());
            return all;
        });
        return new Fed(fed);
    }

    /**
     * While it looks for a place, all whose rates its move would change: those that take from the same accesses, and those below. Asked for then only, so that what is known of them is new, and nobody
     * pays for it meanwhile.
     */
    @Override
    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>();
        if (!measured.isEmpty() || !unmeasured.isEmpty()) {
            family.addAll(super.family());
            family.addAll(sharing);
            below.values().stream().filter(Certificate::isAlive).forEach(known -> family.add(known.node()));
        }
        return family;
    }

    /**
     * What a node gets of the stream, in the mean over those that are not the source, in bytes per second, from how the tree is: no more than its parent gets, than its share of the parent's access, and than was ever measured from there. The
     * stream itself takes longer to show it than any horizon that can be afforded.
     */
    @Metric
    static double expectedRate(SystemView<ExposedOvercast> view) {
        SortedMap<NodeId, Double> rates = new TreeMap<>();
        return view.nodes().stream()
                .filter(id -> !view.state(id).isSource)
                .mapToDouble(id -> rate(id, view, rates))
                .average()
                .orElse(0);
    }

    /** Those that are being computed count as if they got nothing, should there be a circle of old states. */
    private static double rate(NodeId id, SystemView<ExposedOvercast> view, SortedMap<NodeId, Double> rates) {
        ExposedOvercast node = view.state(id);
        if (node.isSource) {
            return Double.MAX_VALUE;
        }
        Double known = rates.get(id);
        if (known != null) {
            return known;
        }
        rates.put(id, 0.0);
        double rate = node.parent
                .filter(view.nodes()::contains)
                .map(above -> StrictMath.min(rate(above, view, rates), node.share(view.state(above), above)))
                .orElse(0.0);
        rates.put(id, rate);
        return rate;
    }

    /** Of the access of who is above, taken to be as wide as the widest that was met. */
    private double share(ExposedOvercast above, NodeId id) {
        double widest =
                highest.values().stream().mapToDouble(rate -> rate).max().orElse(0);
        return StrictMath.min(widest / StrictMath.max(1, above.children.size()), highest.getOrDefault(id, widest));
    }

    // end of choice code
}
