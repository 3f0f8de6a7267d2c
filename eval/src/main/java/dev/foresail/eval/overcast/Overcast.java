package dev.foresail.eval.overcast;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Overcast as published: a node moves as far from the root as it can without giving up bandwidth. It goes below a sibling through which it gets about as much as from its parent, within 10 %, and back up
 * to its grandparent when it gets more there. Of several siblings the paper takes the one fewest hops away; here nobody knows hops, so the one whose 10 KB were there first.
 */
@Protocol("overcast")
public final class Overcast extends OvercastNode {
    private static final double ABOUT_AS_HIGH = 0.9;

    /**
     * @param root the source
     * @param chunkBytes what a chunk of the stream weighs; 0 for none, so that {@code check} sees the tree alone
     * @param evaluationPeriod how long a node stays at its place before it looks for another, at most
     */
    public Overcast(
            @Default("1") NodeId root, @Default("8192") long chunkBytes, @Default("10s") Duration evaluationPeriod) {
        super(root, chunkBytes, evaluationPeriod);
    }

    // choice code

    @OnTimer("place")
    void place(Node node) {
        parent.ifPresent(above -> settle(better(above).orElse(above), node));
    }

    private Optional<NodeId> better(NodeId above) {
        Measured direct = measured(above);
        return measured.keySet().stream()
                .filter(place -> ancestors.contains(place)
                        ? ABOUT_AS_HIGH * measured(place).bytesPerSecond() > direct.through()
                        : measured(place).through() >= ABOUT_AS_HIGH * direct.bytesPerSecond())
                .filter(place -> !place.equals(above))
                .max(Comparator.comparing((NodeId place) -> ancestors.contains(place))
                        .thenComparing(place -> measured(place).through()));
    }

    /** Nothing of who has not answered. */
    private Measured measured(NodeId place) {
        return measured.getOrDefault(place, new Measured(0, 0));
    }

    // end of choice code
}
