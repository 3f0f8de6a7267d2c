package dev.foresail.network.measure;

/**
 * Remembers what the kernel has said of one connection, so that nothing counts twice. One per connection; not thread-safe. Never throws:
 * counts that fall are taken to stand still, and those that fall by half their range to have begun anew: the kernel's have 32 bits.
 */
public final class ConnectionCounts {
    private static final long RANGE = 1L << 32;

    private long segments;
    private long retransmissions;
    private boolean asked;
    private long askedAtNanos;

    /**
     * What is new since this was asked last.
     *
     * @param figures with counts since the connection began
     * @return counts since then, and no round trip when the peer has acknowledged nothing since
     */
    public TransportFigures since(TransportFigures figures, long nowNanos) {
        if (segments - figures.segments() > RANGE / 2) {
            segments -= RANGE;
        }
        if (retransmissions - figures.retransmissions() > RANGE / 2) {
            retransmissions -= RANGE;
        }
        TransportFigures fresh = new TransportFigures(
                figures.roundTripMicros(),
                figures.variationMicros(),
                figures.leastMicros(),
                StrictMath.max(0, figures.segments() - segments),
                StrictMath.max(0, figures.retransmissions() - retransmissions),
                figures.sinceAcknowledgedMillis());
        // What has turned out not to be lost after all is set against the next losses.
        segments = StrictMath.max(segments, figures.segments());
        retransmissions = StrictMath.max(retransmissions, figures.retransmissions());
        boolean heard = !asked || figures.acknowledgedAtNanos(nowNanos) - askedAtNanos > 0;
        asked = true;
        askedAtNanos = nowNanos;
        return heard ? fresh : fresh.withoutRoundTrip();
    }
}
