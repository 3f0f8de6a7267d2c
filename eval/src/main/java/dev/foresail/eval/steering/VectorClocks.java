package dev.foresail.eval.steering;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened before what: a clock for each node that ticks with its events and travels on everything that the node sends
 * (Mattern 1989). Not thread-safe.
 */
final class VectorClocks {
    private final SortedMap<NodeId, Integer> places = new TreeMap<>();
    private final long[][] clocks;

    VectorClocks(Collection<NodeId> nodes) {
        nodes.forEach(node -> places.put(node, places.size()));
        clocks = new long[places.size()][places.size()];
    }

    /**
     * An event as the clocks saw it.
     *
     * @param number its place among the events of its node, from 1
     * @param seen by node, how many of its events have happened before this one or are it
     */
    record Stamp(NodeId node, long number, SortedMap<NodeId, Long> seen) {
        /** Whether {@code earlier} is this event or may have had influence on it. */
        boolean isAfter(Stamp earlier) {
            return seen.getOrDefault(earlier.node(), 0L) >= earlier.number();
        }
    }

    /** Something happens at a node. */
    Stamp tick(NodeId node) {
        int place = place(node);
        clocks[place][place]++;
        SortedMap<NodeId, Long> seen = new TreeMap<>();
        places.forEach((other, index) -> seen.put(other, clocks[place][index]));
        return new Stamp(node, clocks[place][place], seen);
    }

    private int place(NodeId node) {
        return Objects.requireNonNull(places.get(node), () -> node + " has no clock");
    }

    /** A node sends something; {@code run} when it arrives at {@code to}. */
    Runnable send(NodeId from, NodeId to) {
        long[] sent = clocks[place(from)].clone();
        long[] receiver = clocks[place(to)];
        return () -> {
            for (int index = 0; index < sent.length; index++) {
                receiver[index] = Math.max(receiver[index], sent[index]);
            }
        };
    }
}
