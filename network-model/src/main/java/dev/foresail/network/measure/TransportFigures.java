package dev.foresail.network.measure;

/**
 * What a kernel says of one connection (TCP_INFO), with the bytes that the transport has handed to it: together enough for
 * the round trip, and for the losses where a link has nothing better. Immutable.
 *
 * @param roundTripMicros the kernel's smoothed round trip in microseconds; 0 when it has measured none
 * @param variationMicros its variation in microseconds
 * @param retransmissions segments sent again since the connection began
 * @param sentBytes bytes handed to the socket since the connection began
 * @param segmentBytes bytes of a whole segment, above 0
 * @param sinceAcknowledgedMillis how long ago the peer has acknowledged anything (last_ack_recv): the round trip is as old
 */
public record TransportFigures(
        long roundTripMicros,
        long variationMicros,
        long retransmissions,
        long sentBytes,
        int segmentBytes,
        long sinceAcknowledgedMillis) {}
