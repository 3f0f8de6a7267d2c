package dev.foresail.eval.overcast;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.Known;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
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

    @OnTimer("place")
    void place(@ChoicePoint(from = "places", fallback = Fallback.FIRST, await = "500ms") NodeId place, Node node) {
        settle(place, node);
    }

    /** The parent first. */
    List<NodeId> places() {
        return Stream.concat(parent.stream(), measured.keySet().stream())
                .distinct()
                .toList();
    }

    /** Whom a node feeds. */
    @Aggregate
    static SortedSet<NodeId> fed(ExposedOvercast node, Known<SortedSet<NodeId>> children) {
        return new TreeSet<>(node.children.keySet());
    }

    // end of choice code
}
