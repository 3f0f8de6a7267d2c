package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;

/**
 * What may go wrong with a node besides crashes and pauses: an overloaded processor, a clock of its own, a disk that lies. Part of every
 * {@link Stage}, though only the simulator can do it: on a stage that cannot, every method throws {@link UnsupportedOperationException}
 * (FS430). On the stage's thread.
 */
public interface NodeFaults {
    /** Who does it. */
    default NodeFaults nodeFaults() {
        throw new UnsupportedOperationException("[FS430] " + getClass().getSimpleName()
                + " cannot slow nodes down, set their clocks or lose what they have stored; the simulator can");
    }

    /**
     * From now on every event takes a node so long: what is due while it handles one waits in order, and an event's effects leave
     * when its time is over. So long as it lasts nothing else is lost than would be under way: to a node that crashes meanwhile the event has
     * not happened. Starts take no time. Zero, as at first, ends it; holds over restarts.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    default void serviceTime(NodeId node, Duration time) {
        nodeFaults().serviceTime(node, time);
    }

    /**
     * For {@code duration} from now every event takes a node at least {@code time}, whatever its {@link #serviceTime}; a crash does
     * not end it. Of slow times that overlap, the latest counts.
     *
     * @throws IllegalArgumentException when a time is negative
     */
    default void slow(NodeId node, Duration time, Duration duration) {
        nodeFaults().slow(node, time, duration);
    }
}
