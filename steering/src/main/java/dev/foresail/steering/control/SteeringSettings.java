package dev.foresail.steering.control;

import dev.foresail.predictor.foresight.Assumptions;
import java.time.Duration;

/**
 * How a node steers.
 *
 * @param worlds the most that a round of looking ahead explores, at least 1
 * @param depth no path that is looked at is longer, at least 1
 * @param interval the least time between two looks at whether the node's state has changed
 * @param processorShare of the time, how much may be spent on looking ahead, above 0 and at most 1
 * @param expiry how long an event filter stays in place without being found necessary again
 * @param assumptions the failures that are reckoned with
 */
public record SteeringSettings(
        SteeringMode mode,
        long worlds,
        int depth,
        Duration interval,
        double processorShare,
        Duration expiry,
        Assumptions assumptions) {
    /** What holds unless configured. */
    public static final SteeringSettings DEFAULT = new SteeringSettings(
            SteeringMode.OFF, 5_000, 12, Duration.ofMillis(100), 0.25, Duration.ofSeconds(30), Assumptions.DEFAULT);

    public SteeringSettings {
        if (worlds < 1 || depth < 1 || !(processorShare > 0 && processorShare <= 1)) {
            throw new IllegalArgumentException("worlds and depth are at least 1, the share is above 0 and at most 1");
        }
    }

    /** The defaults in a mode. */
    public static SteeringSettings of(SteeringMode mode) {
        return DEFAULT.with(mode);
    }

    public SteeringSettings with(SteeringMode changed) {
        return new SteeringSettings(changed, worlds, depth, interval, processorShare, expiry, assumptions);
    }
}
