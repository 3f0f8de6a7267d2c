package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has to happen before what on a path: the steps of one node in their order, a sending before the delivery (or loss),
 * failures in their order, and around a failure of a node everything that its links have to do with. Immutable.
 */
final class HappensBefore {
    private final SystemModel<?> model;

    HappensBefore(SystemModel<?> model) {
        this.model = model;
    }

    /**
     * A step of the path.
     *
     * @param sends what was sent in its course
     * @param reconnected the nodes to which its own node came or ceased to be connected
     */
    record Seen(Action action, List<Step.Send> sends, Set<NodeId> reconnected) {
        Seen {
            sends = List.copyOf(sends);
            reconnected = Set.copyOf(reconnected);
        }
    }

    /** A message under way, by its canonical bytes. */
    private record Link(NodeId from, NodeId to, boolean isDatagram, List<Byte> bytes) {}

    /** The indices of the steps that have to be before each step, ascending; what follows from others may be left out. */
    int[][] causes(List<Seen> path) {
        int[][] causes = new int[path.size()][];
        Map<Link, Deque<Integer>> underWay = new HashMap<>();
        for (int index = 0; index < path.size(); index++) {
            SortedSet<Integer> before = new TreeSet<>();
            for (int earlier = 0; earlier < index; earlier++) {
                if (isBound(path.get(earlier), path.get(index))) {
                    before.add(earlier);
                }
            }
            arrival(path.get(index).action())
                    .flatMap(link -> sender(underWay, link))
                    .ifPresent(before::add);
            for (Step.Send send : path.get(index).sends()) {
                Link link = link(path.get(index).action().node(), send.to(), send.message());
                underWay.computeIfAbsent(link, added -> new ArrayDeque<>()).add(index);
            }
            forgetLost(path.get(index).action(), underWay);
            causes[index] = before.stream().mapToInt(Integer::intValue).toArray();
        }
        return causes;
    }

    /** The first of those that may have sent it; where messages stay in flight, it goes on being the one. */
    private Optional<Integer> sender(Map<Link, Deque<Integer>> underWay, Link link) {
        Deque<Integer> senders = underWay.getOrDefault(link, new ArrayDeque<>());
        return Optional.ofNullable(model.network() == Network.DUPLICATING ? senders.peekFirst() : senders.pollFirst());
    }

    private Optional<Link> arrival(Action action) {
        if (action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery delivery) {
            return Optional.of(link(delivery.from(), handle.node(), delivery.message()));
        } else if (action instanceof Action.Loss loss) {
            return Optional.of(link(loss.from(), loss.node(), loss.message()));
        }
        return Optional.empty();
    }

    private Link link(NodeId from, NodeId to, Object message) {
        StateWriter out = new StateWriter();
        model.machine().writeMessage(message, out);
        List<Byte> bytes = new ArrayList<>();
        for (byte each : out.toByteArray()) {
            bytes.add(each);
        }
        return new Link(from, to, model.machine().isDatagram(message), bytes);
    }

    /** With ordered links, a failure takes what is in flight with it; datagrams apart; where messages stay, a loss takes all equal ones. */
    private void forgetLost(Action action, Map<Link, Deque<Integer>> underWay) {
        if (model.network() == Network.DUPLICATING && action instanceof Action.Loss) {
            arrival(action).ifPresent(underWay::remove);
        }
        if (model.network() != Network.ORDERED) {
            return;
        }
        if (endsConnections(action)) {
            underWay.keySet()
                    .removeIf(link -> !link.isDatagram()
                            && (link.from().equals(action.node()) || link.to().equals(action.node())));
        } else if (action instanceof Action.Break broken) {
            List<NodeId> ends = List.of(broken.node(), broken.peer());
            underWay.keySet()
                    .removeIf(link -> !link.isDatagram() && ends.contains(link.from()) && ends.contains(link.to()));
        }
    }

    private static boolean endsConnections(Action action) {
        return action instanceof Action.Crash || action instanceof Action.SilentReset;
    }

    private static boolean isBound(Seen earlier, Seen later) {
        if (earlier.action().node().equals(later.action().node())) {
            return true;
        }
        boolean failures = isFailure(earlier.action()) && isFailure(later.action());
        return failures || touches(earlier, later) || touches(later, earlier);
    }

    /** Whether the first is a failure, or a vain delivery, that has to do with the links of the second. */
    private static boolean touches(Seen failure, Seen other) {
        List<NodeId> failing = failure.action() instanceof Action.Break broken
                ? List.of(broken.node(), broken.peer())
                : List.of(failure.action().node());
        if (isFailure(failure.action())) {
            return failing.contains(other.action().node())
                    || peer(other.action()).filter(failing::contains).isPresent()
                    || other.reconnected().stream().anyMatch(failing::contains)
                    || other.sends().stream().anyMatch(send -> failing.contains(send.to()));
        }
        // A delivery to a node that is down breaks the sender's connection.
        return other.action() instanceof Action.Handle handle
                && handle.event() instanceof Event.ConnectionError error
                && failing.contains(error.peer());
    }

    private static boolean isFailure(Action action) {
        return !(action instanceof Action.Handle);
    }

    private static Optional<NodeId> peer(Action action) {
        if (action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery delivery) {
            return Optional.of(delivery.from());
        } else if (action instanceof Action.Handle handle && handle.event() instanceof Event.ConnectionError error) {
            return Optional.of(error.peer());
        } else if (action instanceof Action.Loss loss) {
            return Optional.of(loss.from());
        }
        return Optional.empty();
    }
}
