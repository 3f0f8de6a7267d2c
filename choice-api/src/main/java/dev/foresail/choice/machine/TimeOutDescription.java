package dev.foresail.choice.machine;

import java.time.Duration;
import java.util.List;

/**
 * How long a layer waits for something.
 *
 * @param layer the protocol's name, or {@link #CONNECTIONS}
 * @param name of the field or method that says so
 * @param awaited what is waited for
 * @param isLocal whether it needs nothing of the layers below
 * @param below the layers on which it rests, {@link #CONNECTIONS} among them when some of their messages go over connections
 */
public record TimeOutDescription(
        String layer, String name, String awaited, Duration duration, boolean isLocal, List<String> below) {
    /** The name under which the runtime's own connections are a layer. */
    public static final String CONNECTIONS = "connections";

    public TimeOutDescription {
        below = List.copyOf(below);
    }

    /** Whether it ends while the other one, on which it rests, may still go on. */
    public boolean isShorterThan(TimeOutDescription other) {
        return !isLocal && !other.isLocal && below.contains(other.layer) && duration.compareTo(other.duration) < 0;
    }
}
