package dev.foresail.eval.rollout;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.Snapshot;
import java.util.List;

/**
 * A choice that a node has to make, and what it would know if it knew all nodes.
 *
 * @param delays what the node has measured of the network
 */
record Situation<S>(Snapshot<S> snapshot, Event event, List<Alternative> alternatives, LinkDelays delays) {
    Situation {
        alternatives = List.copyOf(alternatives);
    }
}
