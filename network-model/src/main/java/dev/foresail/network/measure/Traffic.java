package dev.foresail.network.measure;

/** Losses and delivery rate of one link, which many links never have. Not thread-safe. */
final class Traffic {
    private static final long NANOS_PER_MILLI = 1_000_000;

    final LossEstimator loss = new LossEstimator();
    final DeliveryRateSampler rate = new DeliveryRateSampler();
    final LinkChanges rateChanges = new LinkChanges();
    private long retransmissions;
    private long sentBytes;
    private boolean asked;
    private long askedAtNanos;

    /** Losses by what a connection has sent again since the figures before. */
    void transport(TransportFigures figures, long nowNanos) {
        if (figures.retransmissions() < retransmissions || figures.sentBytes() < sentBytes) {
            // Counts that fall are those of a new connection.
            retransmissions = 0;
            sentBytes = 0;
        }
        long again = figures.retransmissions() - retransmissions;
        int segmentBytes = StrictMath.max(1, figures.segmentBytes());
        long segments = (figures.sentBytes() - sentBytes) / segmentBytes;
        loss.observe(StrictMath.max(segments, again), again, nowNanos);
        retransmissions = figures.retransmissions();
        // What does not fill a segment yet counts with what comes: small messages are no less lost than large ones.
        sentBytes += segments * segmentBytes;
    }

    /** Whether the kernel has heard of the peer since it was asked last, so that its round trip is another one. */
    boolean isNewer(TransportFigures figures, long nowNanos) {
        long acknowledgedAtNanos = nowNanos - figures.sinceAcknowledgedMillis() * NANOS_PER_MILLI;
        boolean newer = !asked || acknowledgedAtNanos - askedAtNanos > 0;
        asked = true;
        askedAtNanos = nowNanos;
        return newer;
    }

    /** The next connection counts from the beginning. */
    void connectionBroke() {
        rate.connectionBroke();
        retransmissions = 0;
        sentBytes = 0;
        asked = false;
    }

    View view(long nowNanos) {
        Figure lost = loss.probability(nowNanos);
        Figure carried = rate.bytesPerSecond(nowNanos);
        return new View(
                lost.value(),
                lost.spread(),
                lost.samples(),
                nowNanos - lost.ageNanos(),
                carried.value(),
                carried.spread(),
                carried.samples(),
                nowNanos - carried.ageNanos(),
                rateChanges.factor(),
                rateChanges.stability());
    }

    /** What any thread may see of it; figures are there without their objects, as every link keeps a view. Immutable. */
    record View(
            double lostShare,
            double lostDeviation,
            long messages,
            long lostAtNanos,
            double rate,
            double rateDeviation,
            long rateSamples,
            long rateAtNanos,
            double factor,
            Stability stability) {
        static final View NONE = new View(0, 0, 0, 0, 0, 0, 0, 0, 1, Stability.UNSEEN);

        Figure loss(long nowNanos) {
            return messages == 0
                    ? Figure.assumed(0)
                    : new Figure(lostShare, lostDeviation, messages, StrictMath.max(0, nowNanos - lostAtNanos));
        }

        Figure bytesPerSecond(long nowNanos) {
            return rateSamples == 0
                    ? Figure.assumed(Double.POSITIVE_INFINITY)
                    : new Figure(rate, rateDeviation, rateSamples, StrictMath.max(0, nowNanos - rateAtNanos));
        }
    }
}
