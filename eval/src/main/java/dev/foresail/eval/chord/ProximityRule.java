package dev.foresail.eval.chord;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.stack.Stack;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import java.util.List;

/**
 * Takes the next hop with the least sum of its distance and the mean distance for each hop that is left from there, over Chord with {@link Proximity} above. Costs no time.
 *
 * <p>Source: Dabek et al., Wide-area cooperative storage with CFS, SOSP 2001, server selection in lookups.
 */
final class ProximityRule implements Resolver<Stack> {
    private final Estimate left;

    ProximityRule(Estimate left) {
        this.left = left;
    }

    /** How long the hops that are left take, in milliseconds. */
    @FunctionalInterface
    interface Estimate {
        double millis(Distances distances, long place, long key);
    }

    @Override
    public Resolution resolve(ChoiceContext<Stack> context) {
        long key = ((Chord.Route) ((Event.Delivery) context.event()).message()).key();
        List<NodeId> nextHops = context.alternatives().stream()
                .map(alternative -> (NodeId) alternative.bindings().get(0))
                .toList();
        Stack stack = context.state();
        return Resolution.Decided.byPolicy(
                best(stack.layer(Proximity.class).distances, stack.layer(Chord.class), key, nextHops));
    }

    /** The place of the best of these next hops, the first of equals. */
    int best(Distances distances, Chord chord, long key, List<NodeId> nextHops) {
        int best = 0;
        double leastMillis = Double.POSITIVE_INFINITY;
        for (int place = 0; place < nextHops.size(); place++) {
            NodeId next = nextHops.get(place);
            double millis = distances.millis(next) + left.millis(distances, chord.position(next), key);
            if (millis < leastMillis) {
                best = place;
                leastMillis = millis;
            }
        }
        return best;
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return 0;
    }
}
