package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The rules of detectors ({@link dev.foresail.choice.OnSilence}); what generated machines call. Pure functions but for what they do by {@code node}, counts and handlers. */
public final class Detectors {
    private Detectors() {}

    /**
     * A period is over: sends probes, and tells of those that have not answered too many. Who is told of has no probes to answer any more.
     *
     * @param watched the nodes in a defined order, this one possibly among them
     * @param unanswered the number of unanswered probes of each node that has any
     * @param most how many probes may be unanswered, as {@link #most} says
     * @param probe the message
     * @param silent the handler
     */
    public static void probe(
            Collection<NodeId> watched,
            Map<NodeId, Integer> unanswered,
            int most,
            Object probe,
            Consumer<NodeId> silent,
            Node node) {
        List<NodeId> gone = new ArrayList<>();
        for (NodeId each : new LinkedHashSet<>(watched)) {
            if (each.equals(node.self())) {
                continue;
            }
            int count = unanswered.getOrDefault(each, 0);
            if (count >= most) {
                unanswered.remove(each);
                gone.add(each);
            } else {
                unanswered.put(each, count + 1);
                node.send(each, probe);
            }
        }
        gone.forEach(silent);
    }

    /** Forgets what is counted of nodes that are watched no longer. */
    public static void forget(Collection<NodeId> watched, Map<NodeId, Integer> unanswered, Node node) {
        if (!unanswered.isEmpty()) {
            unanswered.keySet().retainAll(others(watched, node));
        }
    }

    private static Set<NodeId> others(Collection<NodeId> watched, Node node) {
        Set<NodeId> others = new HashSet<>(watched);
        others.remove(node.self());
        return others;
    }

    /**
     * The end of a step: arms the timer while any node is watched.
     *
     * @param every the period
     * @param within the time limit
     * @param timer its name
     * @throws ProtocolException FS507 when it is to be armed and the two do not fit, as {@link #most} says
     */
    public static void settle(Collection<NodeId> watched, Duration every, Duration within, String timer, Node node) {
        boolean isNeeded = !others(watched, node).isEmpty();
        if (isNeeded != node.isArmed(timer)) {
            if (isNeeded) {
                most(every, within);
                node.setTimer(timer, every);
            } else {
                node.cancelTimer(timer);
            }
        }
    }

    /**
     * How many probes may be unanswered: as many periods as {@code within} takes, rounded up.
     *
     * @throws ProtocolException FS507 when {@code every} is not above 0 or {@code within} is below it
     */
    public static int most(Duration every, Duration within) {
        if (every.isNegative() || every.isZero() || within.compareTo(every) < 0) {
            throw new ProtocolException(
                    "FS507",
                    "a detector that probes every " + ParameterValues.text(every) + " cannot notice silence of "
                            + ParameterValues.text(within)
                            + "; periods are above 0, and time limits at least a period");
        }
        return (int)
                Math.min(Integer.MAX_VALUE, within.plus(every).minusNanos(1).dividedBy(every));
    }
}
