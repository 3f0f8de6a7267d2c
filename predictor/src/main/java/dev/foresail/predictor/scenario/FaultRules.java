package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;

/** What every stage refuses in a fault. */
public final class FaultRules {
    private FaultRules() {}

    /** @throws IllegalArgumentException when both are the same node */
    public static void checkPair(NodeId one, NodeId other) {
        if (one.equals(other)) {
            throw new IllegalArgumentException(one + " cannot be cut from itself");
        }
    }

    /** @throws IllegalArgumentException when the time is negative */
    public static long nanos(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a fault cannot take " + time.toMillis() + " ms, which is negative");
        }
        return time.toNanos();
    }
}
