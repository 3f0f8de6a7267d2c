package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A path to a violation that has been foreseen. Immutable.
 *
 * @param trace the path as it would be seen
 * @param actions the same, of the model in which it was found
 * @param place the index of the event at which the node leaves the path; -1 when it cannot, or when that does not help
 * @param isChoice whether another alternative of that event was declared and possible: then which one was taken is the first of its
 *     decisions
 * @param origin what was gone along when it was found; none where it was searched for
 */
public record Danger(Trace trace, List<Action> actions, int place, boolean isChoice, Optional<BadPath> origin) {
    /** Where there is no event at which the node can leave the path. */
    public static final int NOWHERE = -1;

    public Danger {
        actions = List.copyOf(actions);
    }

    public String property() {
        return trace.header().property();
    }

    /** Whether it was known before, and replayed. */
    public boolean isKnown() {
        return origin.isPresent();
    }

    /** Who has told of it first; nobody where this node has found it itself. */
    public Optional<NodeId> advisor() {
        return origin.flatMap(BadPath::advisor);
    }

    /** Whether {@code node} has an event on the path at which it could leave it, as far as can be said without trying. */
    public boolean concerns(NodeId node) {
        return !exits(actions, node, place -> false).isEmpty();
    }

    /** Whether the node can leave the path. */
    public boolean isAvoidable() {
        return place != NOWHERE;
    }

    /** The event at which the node leaves the path. */
    public Event event() {
        return ((Action.Handle) actions.get(place)).event();
    }

    /** The same, which the node would have found without its advisor too. */
    Danger ownFinding() {
        return new Danger(trace, actions, place, isChoice, Optional.empty());
    }

    Danger leavingAt(int where, boolean isChoiceThere) {
        return new Danger(trace, actions, where, isChoiceThere, origin);
    }

    /**
     * The node's own events at which it could leave the path, the gentlest way first: another alternative of a choice, a
     * message dropped, a timer postponed, a call refused; of each kind the earliest first. None before a failure: the node
     * is not to suffer for what may never happen.
     *
     * @param isChoice whether several alternatives of the event at an index were declared and possible
     */
    static List<Integer> exits(List<Action> actions, NodeId self, IntPredicate isChoice) {
        int first = actions.size();
        while (first > 0 && !isFailure(actions.get(first - 1))) {
            first--;
        }
        SortedMap<Integer, List<Integer>> bySeverity = new TreeMap<>();
        for (int index = first; index < actions.size(); index++) {
            if (canBeLeft(actions.get(index), self)) {
                int severity = isChoice.test(index) ? 0 : severity(actions.get(index));
                bySeverity.computeIfAbsent(severity, none -> new ArrayList<>()).add(index);
            }
        }
        return bySeverity.values().stream().flatMap(List::stream).toList();
    }

    /** What was decided after the event's alternative was taken: draws, and parameters that were chosen. */
    List<Integer> decisionsAfterAlternative() {
        List<Integer> decisions = actions.get(place).decisions();
        return isChoice ? decisions.subList(1, decisions.size()) : decisions;
    }

    /** Whether it is none of the protocol's own doing. */
    static boolean isFailure(Action action) {
        return !(action instanceof Action.Handle);
    }

    private static boolean canBeLeft(Action action, NodeId self) {
        return action.node().equals(self)
                && action instanceof Action.Handle handle
                && (handle.event() instanceof Event.Delivery
                        || handle.event() instanceof Event.TimerFired
                        || handle.event() instanceof Event.Call);
    }

    private static int severity(Action action) {
        Action.Handle handle = (Action.Handle) action;
        if (handle.event() instanceof Event.Delivery) {
            return 1;
        }
        return handle.event() instanceof Event.TimerFired ? 2 : 3;
    }
}
