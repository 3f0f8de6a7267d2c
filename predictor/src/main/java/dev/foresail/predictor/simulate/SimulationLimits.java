package dev.foresail.predictor.simulate;

/**
 * How far a protocol may go before it is taken for one that runs away. Immutable.
 *
 * @param pendingEvents how much may be about to happen at once, at least 1
 * @param eventsAtOneTime how many events may happen while virtual time stands still, at least 1
 */
public record SimulationLimits(long pendingEvents, long eventsAtOneTime) {
    private static final long LEAST_PENDING_EVENTS = 10_000_000;
    private static final long PENDING_EVENTS_PER_NODE = 1_000;
    private static final long LEAST_EVENTS_AT_ONE_TIME = 1_000_000;
    private static final long EVENTS_AT_ONE_TIME_PER_NODE = 100;

    /** @throws IllegalArgumentException when one is less than 1 */
    public SimulationLimits {
        if (pendingEvents < 1 || eventsAtOneTime < 1) {
            throw new IllegalArgumentException(
                    "limits are at least 1, not " + pendingEvents + " and " + eventsAtOneTime);
        }
    }

    /** What no protocol that comes to an end is known to need, with so many nodes. */
    public static SimulationLimits of(int nodes) {
        return new SimulationLimits(
                Math.max(LEAST_PENDING_EVENTS, PENDING_EVENTS_PER_NODE * nodes),
                Math.max(LEAST_EVENTS_AT_ONE_TIME, EVENTS_AT_ONE_TIME_PER_NODE * nodes));
    }

    /** The same with another number of events pending. */
    public SimulationLimits withPendingEvents(long most) {
        return new SimulationLimits(most, eventsAtOneTime);
    }

    /** The same with another number of events at one time. */
    public SimulationLimits withEventsAtOneTime(long most) {
        return new SimulationLimits(pendingEvents, most);
    }

    /** For each of several parts, which together do not go further. */
    SimulationLimits each(int parts) {
        return new SimulationLimits(Math.max(1, pendingEvents / parts), Math.max(1, eventsAtOneTime / parts));
    }
}
