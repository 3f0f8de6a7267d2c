package dev.foresail.network.measure;

/**
 * What a kernel says of one connection (TCP_INFO): its round trip, and what it has sent. {@link ConnectionCounts} makes of the counts since
 * the connection began those since the figures before. Immutable; nothing is checked here.
 *
 * @param roundTripMicros the kernel's smoothed round trip in microseconds; 0 when it has measured none
 * @param variationMicros its variation in microseconds
 * @param leastMicros the least round trip that the kernel remembers, in microseconds (Linux: of 5 minutes); 0 when it does not say
 * @param segments segments with data that were sent, those sent again among them; 0 when the kernel does not count them
 * @param retransmissions segments that were sent again because they were lost, as far as the kernel can tell
 * @param sinceAcknowledgedMillis how long ago the peer has acknowledged anything (last_ack_recv): the round trip is as old
 */
public record TransportFigures(
        long roundTripMicros,
        long variationMicros,
        long leastMicros,
        long segments,
        long retransmissions,
        long sinceAcknowledgedMillis) {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** What is older is as good as unknown, and cannot overflow. */
    private static final long OLDEST_MILLIS = 86_400_000;

    /** When the peer has acknowledged anything last. */
    long acknowledgedAtNanos(long nowNanos) {
        return nowNanos - StrictMath.max(0, StrictMath.min(sinceAcknowledgedMillis, OLDEST_MILLIS)) * NANOS_PER_MILLI;
    }

    /** The same, but of a kernel that has measured no round trip. */
    TransportFigures withoutRoundTrip() {
        return new TransportFigures(0, 0, 0, segments, retransmissions, sinceAcknowledgedMillis);
    }
}
