package dev.foresail.steering.transport;

import java.time.Duration;

/**
 * The limits of a node's connections, and how they are served.
 *
 * @param maxFrameBytes the longest frame either way
 * @param maxQueuedBytes how much may wait for one peer; a link with more is broken
 * @param connectTimeout when a connection that does not come about counts as refused
 * @param helloTimeout when a connection without a hello is closed
 * @param maxUnidentified how many connections may be open that have not said who they are
 * @param newsInterval how often the ends of a link tell each other of the network, at most, with frames that are sent anyway; and
 *     how often the kernel is asked
 * @param io what serves the connections of a node that is started with these settings
 * @param probes when a link is measured though nothing is sent
 */
public record TransportSettings(
        int maxFrameBytes,
        long maxQueuedBytes,
        Duration connectTimeout,
        Duration helloTimeout,
        int maxUnidentified,
        Duration newsInterval,
        TransportIo io,
        ProbeSettings probes) {
    public static final TransportSettings DEFAULT =
            new TransportSettings(1 << 20, 16L << 20, Duration.ofSeconds(5), Duration.ofSeconds(10), 256);

    /** The rest as by default. */
    public TransportSettings(
            int maxFrameBytes,
            long maxQueuedBytes,
            Duration connectTimeout,
            Duration helloTimeout,
            int maxUnidentified) {
        this(
                maxFrameBytes,
                maxQueuedBytes,
                connectTimeout,
                helloTimeout,
                maxUnidentified,
                Duration.ofSeconds(1),
                TransportIo.AUTO,
                ProbeSettings.DEFAULT);
    }

    /** The same, but with both time-outs as given. */
    public TransportSettings withTimeouts(Duration timeout) {
        return new TransportSettings(
                maxFrameBytes, maxQueuedBytes, timeout, timeout, maxUnidentified, newsInterval, io, probes);
    }

    /** The same, but with news as often as given. */
    public TransportSettings withNews(Duration interval) {
        return new TransportSettings(
                maxFrameBytes, maxQueuedBytes, connectTimeout, helloTimeout, maxUnidentified, interval, io, probes);
    }

    /** The same, but served as given. */
    public TransportSettings with(TransportIo changed) {
        return new TransportSettings(
                maxFrameBytes,
                maxQueuedBytes,
                connectTimeout,
                helloTimeout,
                maxUnidentified,
                newsInterval,
                changed,
                probes);
    }

    /** The same, but with probes as given. */
    public TransportSettings with(ProbeSettings changed) {
        return new TransportSettings(
                maxFrameBytes,
                maxQueuedBytes,
                connectTimeout,
                helloTimeout,
                maxUnidentified,
                newsInterval,
                io,
                changed);
    }
}
