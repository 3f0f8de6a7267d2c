package dev.foresail.steering.transport;

import java.time.Duration;

/**
 * The limits of a node's connections.
 *
 * @param maxFrameBytes the longest frame either way
 * @param maxQueuedBytes how much may wait for one peer; a link with more is broken
 * @param connectTimeout when a connection that does not come about counts as refused
 * @param helloTimeout when a connection without a hello is closed
 * @param maxUnidentified how many connections may be open that have not said who they are
 * @param newsInterval how often the ends of a link tell each other of the network, at most, with frames that are sent anyway
 */
public record TransportSettings(
        int maxFrameBytes,
        long maxQueuedBytes,
        Duration connectTimeout,
        Duration helloTimeout,
        int maxUnidentified,
        Duration newsInterval) {
    public static final TransportSettings DEFAULT =
            new TransportSettings(1 << 20, 16L << 20, Duration.ofSeconds(5), Duration.ofSeconds(10), 256);

    /** News as often as by default. */
    public TransportSettings(
            int maxFrameBytes,
            long maxQueuedBytes,
            Duration connectTimeout,
            Duration helloTimeout,
            int maxUnidentified) {
        this(maxFrameBytes, maxQueuedBytes, connectTimeout, helloTimeout, maxUnidentified, Duration.ofSeconds(1));
    }

    /** The same, but with both time-outs as given. */
    public TransportSettings withTimeouts(Duration timeout) {
        return new TransportSettings(maxFrameBytes, maxQueuedBytes, timeout, timeout, maxUnidentified, newsInterval);
    }

    /** The same, but with news as often as given. */
    public TransportSettings withNews(Duration interval) {
        return new TransportSettings(
                maxFrameBytes, maxQueuedBytes, connectTimeout, helloTimeout, maxUnidentified, interval);
    }
}
