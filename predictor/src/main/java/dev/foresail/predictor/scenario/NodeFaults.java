package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;

/**
 * What a scenario can do to the nodes of a simulation besides crashes and pauses: an overloaded processor, a clock that goes wrong, a disk that
 * lies. A stage of live nodes refuses these faults: diagnostic FS430. What cannot be (a negative time, one of more than 146 years, a clock
 * that goes back) is refused with FS431 and an {@link IllegalArgumentException}, and nothing happens.
 */
public interface NodeFaults {
    /** As long as any run can be. */
    Duration LONGEST_FAULT = Duration.ofNanos(1L << 62);

    /** How many parts in a million slower than others a clock may be, at most. */
    int LEAST_DRIFT = -500_000;

    /** How many parts in a million faster than others a clock may be, at most. */
    int MOST_DRIFT = 1_000_000;

    /** Who does it. */
    default NodeFaults nodeFaults() {
        throw new UnsupportedOperationException(
                "[FS430] slow nodes, clocks and lost writes are for simulations only: live nodes can be"
                        + " crashed, cut, broken and paused");
    }

    /**
     * From now on every event takes a node so long: what is due while it handles one waits in order. The event happens as a whole when its
     * time is over, so that what it sends leaves then; to a node that crashes meanwhile it has not happened. What waits is still under way,
     * as to a node that is paused. Starts take no time. Zero, as at first, ends it; holds over restarts.
     */
    default void serviceTime(NodeId node, Duration time) {
        nodeFaults().serviceTime(node, time);
    }

    /**
     * For {@code duration} from now every event takes a node at least {@code time}, whatever its {@link #serviceTime}; a crash does
     * not end it. Of slow times that overlap, the latest counts.
     */
    default void slow(NodeId node, Duration time, Duration duration) {
        nodeFaults().slow(node, time, duration);
    }

    /**
     * From now on a node's clock runs faster than others, or slower: its handlers read it, its timers go off by it, and its runtime measures
     * with it. Zero, as at first, ends it; what it has gained meanwhile it keeps. Holds over restarts.
     *
     * @param partsPerMillion microseconds that it gains in a second; {@link #LEAST_DRIFT} to {@link #MOST_DRIFT}
     */
    default void driftClock(NodeId node, int partsPerMillion) {
        nodeFaults().driftClock(node, partsPerMillion);
    }

    /**
     * A node's clock jumps ahead, and timers that are due by then go off at once. That of a node that is down may jump back too, but not
     * below zero, as if its machine had been started again: only from start to end of a node is its clock monotonic.
     */
    default void stepClock(NodeId node, Duration ahead) {
        nodeFaults().stepClock(node, ahead);
    }

    /**
     * From now on it is remembered what each node has written of its {@code @Durable} fields, for the two methods below: every event that has
     * changed one is a write.
     *
     * @param most how many writes of a node at most, at least 1
     */
    default void rememberWrites(int most) {
        nodeFaults().rememberWrites(most);
    }

    /**
     * Starts a crashed node again with its durable state as it was before its last {@code writes}, or as many of them as are remembered: its
     * disk has lost what it said it had stored. What the node had sent since, others have all the same. Of stable facts it keeps none.
     *
     * @param writes at least 1
     * @throws IllegalStateException when writes are not remembered, or the node has not crashed
     */
    default void restartWithoutWrites(NodeId node, int writes) {
        nodeFaults().restartWithoutWrites(node, writes);
    }

    /**
     * Starts a crashed node again after a torn write: of the durable fields that its last write has changed, some are new and some are as
     * before, which is drawn; of a single one, it is as before. Of stable facts it keeps none.
     *
     * @throws IllegalStateException when writes are not remembered, or the node has not crashed
     */
    default void restartTorn(NodeId node) {
        nodeFaults().restartTorn(node);
    }

    /** @throws IllegalArgumentException FS431 when the time is negative, or longer than any run */
    static long nanosOf(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST_FAULT) > 0) {
            throw new IllegalArgumentException("[FS431] a fault takes 0 s to 146 years, not " + time);
        }
        return time.toNanos();
    }
}
