package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Event;
import java.util.List;

/**
 * How often the application asks a node for one thing, as measured. Immutable.
 *
 * @param perSecond finite and above 0
 * @param recent the latest calls of that name, oldest first; never empty
 */
public record CallRate(double perSecond, List<Event.Call> recent) {
    /** The most recent calls that are kept of a name. */
    public static final int MOST_RECENT = 8;

    public CallRate {
        recent = List.copyOf(recent);
        if (!Double.isFinite(perSecond) || perSecond <= 0) {
            throw new IllegalArgumentException("a rate is above 0 in a second, not " + perSecond);
        }
        if (recent.isEmpty() || recent.size() > MOST_RECENT || !areOfOneName(recent)) {
            throw new IllegalArgumentException("1 to " + MOST_RECENT + " calls of one name, not " + recent);
        }
    }

    private static boolean areOfOneName(List<Event.Call> calls) {
        return calls.stream().map(Event.Call::name).distinct().count() == 1;
    }

    /** Of which call. */
    public String name() {
        return recent.get(0).name();
    }
}
