package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where a scenario is played: the simulator or a live deployment on one machine. A scenario must be deterministic given the
 * stage. All actions run on the stage's own thread.
 */
public interface Stage {
    /** The nodes of the system in the order of their ids, none of them started. */
    List<NodeId> nodes();

    /** The scenario's own seeded draws. */
    RandomGenerator random();

    /** Time since the scenario began. */
    Duration now();

    /** Runs {@code action} at {@code time} since the beginning; one in the past runs at once. */
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

    /** Starts a crashed node again, with its durable state. */
    void restart(NodeId node);

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
