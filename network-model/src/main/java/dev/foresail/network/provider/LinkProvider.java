package dev.foresail.network.provider;

import dev.foresail.network.measure.Figure;
import java.util.List;

/**
 * Tells what somebody outside of the system knows of links. It answers at once, from what it has: whoever fetches does so elsewhere. Thread-safe.
 *
 * <p>{@link #RTT}, {@link #BANDWIDTH} and {@link #LOSS} become estimates of the network model, behind what was measured. Other names are the
 * provider's own: plain numbers, which objectives ask for as {@code NAME(candidate)} and wishes as {@code sum(NAME)}.
 *
 * @param <P> names an endpoint
 */
public interface LinkProvider<P> {
    /** The round trip, in milliseconds. */
    String RTT = "rtt";

    /** What goes through, in megabits per second. */
    String BANDWIDTH = "bandwidth";

    /** The share of messages that is lost, 0 to 1. */
    String LOSS = "loss";

    /** What it tells, by name; always the same. */
    List<String> figures();

    /**
     * What it knows of the link from one endpoint to another, in the figure's unit; {@linkplain Figure#assumed assumed} when nothing.
     *
     * @param figure one of {@link #figures}
     * @param nowNanos on the clock that ages count by
     */
    Figure figure(String figure, P from, P to, long nowNanos);
}
