package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.List;

/**
 * One thing that can happen in a world, with every decision that is taken in its course: given the world, it has exactly
 * one result. Immutable.
 *
 * <p>Decisions are indices, in the order in which they are taken: among the alternatives of the event when there is more
 * than one, then for every {@code node.choose} and {@code node.random} with more than one outcome, then the same for each
 * deferred message that the step makes ready.
 */
public sealed interface Action {
    /** The node at which it happens; of a loss the receiver, of a break the smaller of the two. */
    NodeId node();

    /** The decisions taken in its course. */
    default List<Integer> decisions() {
        return List.of();
    }

    /** A delivery, timer, call or connection error. */
    record Handle(NodeId node, Event event, List<Integer> decisions) implements Action {
        public Handle {
            decisions = List.copyOf(decisions);
        }
    }

    /** The node ends and is down. */
    record Crash(NodeId node) implements Action {}

    /** A node that is down starts again. */
    record Restart(NodeId node, List<Integer> decisions) implements Action {
        public Restart {
            decisions = List.copyOf(decisions);
        }
    }

    /** The node starts anew, with nothing kept, before its peers have noticed. */
    record SilentReset(NodeId node, List<Integer> decisions) implements Action {
        public SilentReset {
            decisions = List.copyOf(decisions);
        }
    }

    /** A message in flight to {@code node} is lost. */
    record Loss(NodeId node, NodeId from, Object message) implements Action {}

    /** The connection between {@code node} and the larger {@code peer} breaks. */
    record Break(NodeId node, NodeId peer) implements Action {}
}
