package dev.foresail.steering.control;

import dev.foresail.predictor.foresight.Assumptions;
import java.time.Duration;

/**
 * How a node steers.
 *
 * @param worlds the most that a round of looking ahead explores, at least 1
 * @param depth no path that is looked at is longer, at least 1
 * @param interval the least time between two looks at whether the node's state has changed
 * @param processorPercent how much of the time may be spent on looking ahead, 1 to 100
 * @param loopMicrosPerSecond how much of the node's own thread may go into gathering checkpoints and looking at them, in
 *     microseconds per second, at least 1; where a single look takes longer there is one every two seconds at least
 * @param expiry how long an event filter stays in place without being found necessary again
 * @param assumptions the failures that are reckoned with
 */
public record SteeringSettings(
        SteeringMode mode,
        long worlds,
        int depth,
        Duration interval,
        int processorPercent,
        int loopMicrosPerSecond,
        Duration expiry,
        Assumptions assumptions) {
    /** What holds unless configured. */
    public static final SteeringSettings DEFAULT = new SteeringSettings(
            SteeringMode.OFF, 2_000, 12, Duration.ofMillis(100), 5, 250, Duration.ofSeconds(30), Assumptions.DEFAULT);

    public SteeringSettings {
        if (worlds < 1 || depth < 1 || processorPercent < 1 || processorPercent > 100) {
            throw new IllegalArgumentException("worlds and depth are at least 1, the share is 1 to 100 percent");
        }
        if (loopMicrosPerSecond < 1) {
            throw new IllegalArgumentException("of the node's own thread a microsecond per second is the least");
        }
    }

    /** The defaults in a mode. */
    public static SteeringSettings of(SteeringMode mode) {
        return DEFAULT.with(mode);
    }

    public SteeringSettings with(SteeringMode changed) {
        return new SteeringSettings(
                changed, worlds, depth, interval, processorPercent, loopMicrosPerSecond, expiry, assumptions);
    }

    /** Looks at so many worlds, so far, and so often. */
    public SteeringSettings looking(long mostWorlds, int mostDepth, Duration every) {
        return new SteeringSettings(
                mode, mostWorlds, mostDepth, every, processorPercent, loopMicrosPerSecond, expiry, assumptions);
    }
}
