package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where a scenario is played: the simulator or a live deployment on one machine. A scenario must be deterministic given the
 * stage. All actions run on the stage's own thread.
 */
public interface Stage extends NetworkFaults, NodeFaults {
    /** When the ends of a connection that is cut notice, unless the scenario says otherwise. */
    Duration CUT_NOTICED_AFTER = Duration.ofSeconds(1);

    /** The nodes of the system in the order of their ids, none of them started. */
    List<NodeId> nodes();

    /** The scenario's own seeded draws. */
    RandomGenerator random();

    /** Time since the scenario began. */
    @Override
    Duration now();

    /** Runs {@code action} at {@code time} since the beginning; one in the past runs at once. */
    @Override
    void at(Duration time, Runnable action);

    /** Starts a node for the first time. */
    void start(NodeId node);

    /**
     * Ends a node at once, as a crash does. Each of its peers notices at a time of its own, as failure detectors do: drawn
     * evenly from {@code noticedAfter} to {@code noticedAfter} plus {@code noticedWithin}, and never before the news can
     * have travelled.
     */
    void crash(NodeId node, Duration noticedAfter, Duration noticedWithin);

    /** Ends a node at once; its peers notice after {@code noticedAfter}, or when the news reaches them if that is later. */
    default void crash(NodeId node, Duration noticedAfter) {
        crash(node, noticedAfter, Duration.ZERO);
    }

    /**
     * A number for what a node's latest crash is: another one after each of its starts and each {@code crash} of it, even when it is down
     * already. Whoever crashes a node and is to start it again later remembers it, and asks {@link #isDownSince}.
     */
    long latestCrash(NodeId node);

    /**
     * Whether a node is down and has been told neither to start nor to crash since: else it is for somebody else to start it again.
     *
     * @param crash what {@link #latestCrash} was right after a crash
     */
    default boolean isDownSince(NodeId node, long crash) {
        return !isUp(node) && latestCrash(node) == crash;
    }

    /** Starts a crashed node again, with its durable state. */
    void restart(NodeId node);

    /**
     * Starts a crashed node again as if it never had run: nothing that it knew is left, durable or not. Its peers take it
     * for a later start of the same node.
     */
    void restartAnew(NodeId node);

    /**
     * A running node ends, loses everything that it knew, durable or not, and starts anew at once. Nobody is told: a peer
     * notices when it uses the connection (a round trip after it has sent, or when what it had sent meets the new start),
     * or when the new start speaks to it. Nothing happens to a node that is down.
     */
    void silentReset(NodeId node);

    /**
     * Breaks the connection between two running nodes: what is under way on it is lost, and both ends get a connection error
     * as soon as the news can have travelled. Nothing happens when there is none. What is sent later goes over a new one.
     */
    void breakConnection(NodeId one, NodeId other);

    /**
     * For {@code duration} from now nothing passes between two nodes, in either direction. Their connection breaks: what is
     * under way on it, and what is sent over it before its end has noticed, is lost, and each end gets a connection error
     * {@code noticedAfter} from now. An attempt to connect fails: what it was to carry is lost, with a connection error
     * {@code noticedAfter} from its beginning. Heals by itself; of cuts of the same pair that overlap, the last end counts,
     * and the {@code noticedAfter} of the latest.
     *
     * @throws IllegalArgumentException when both are the same node, or a time is negative
     */
    void cut(NodeId one, NodeId other, Duration duration, Duration noticedAfter);

    /** Cuts two nodes from each other; each end notices after {@link #CUT_NOTICED_AFTER}. */
    default void cut(NodeId one, NodeId other, Duration duration) {
        cut(one, other, duration, CUT_NOTICED_AFTER);
    }

    /**
     * Cuts every node of a group from every node of the other groups, as {@link #cut(NodeId, NodeId, Duration)} does. Nodes
     * of no group stay connected to all.
     *
     * @throws IllegalArgumentException when a node is in two groups
     */
    default void partition(List<? extends Collection<NodeId>> groups, Duration duration) {
        Set<NodeId> placed = new HashSet<>();
        for (Collection<NodeId> group : groups) {
            for (NodeId node : group) {
                if (!placed.add(node)) {
                    throw new IllegalArgumentException(node + " is in a partition twice");
                }
            }
        }
        for (int index = 0; index < groups.size(); index++) {
            for (Collection<NodeId> later : groups.subList(index + 1, groups.size())) {
                groups.get(index).forEach(one -> later.forEach(other -> cut(one, other, duration)));
            }
        }
    }

    /**
     * A running node handles nothing for {@code duration}, as in a long garbage collection: what arrives waits, its timers
     * fire late, the application's calls are handled afterwards. Others do not notice but for the delay. What waits is still
     * under way: it is lost when its connection is broken or cut. Of pauses that overlap, the last end counts; a crash or
     * reset ends a pause. Nothing happens to a node that is down.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    void pause(NodeId node, Duration duration);

    /** Lets the application call a running node. */
    void call(NodeId node, String name, List<Object> arguments);

    boolean isUp(NodeId node);

    /** A copy of a running node's state, for choosing what to do next and for measuring; empty when it is down. */
    Optional<Object> state(NodeId node);

    /** Notes a figure of the run under a name. */
    void record(String name, double value);

    /** Ends the run. */
    void finish();
}
