package dev.foresail.network.measure;

/** Losses and delivery rate of one link, which many links never have. Not thread-safe. */
final class Traffic {
    final LossEstimator loss = new LossEstimator();
    final DeliveryRateSampler rate = new DeliveryRateSampler();
    final LinkChanges rateChanges = new LinkChanges();
    private long retransmissions;
    private long sentBytes;

    /** Losses by what a connection has sent again since the figures before. */
    void transport(TransportFigures figures, long nowNanos) {
        if (figures.retransmissions() < retransmissions || figures.sentBytes() < sentBytes) {
            // Counts that fall are those of a new connection.
            retransmissions = 0;
            sentBytes = 0;
        }
        long again = figures.retransmissions() - retransmissions;
        long segments = (figures.sentBytes() - sentBytes) / StrictMath.max(1, figures.segmentBytes());
        loss.observe(StrictMath.max(segments, again), again, nowNanos);
        retransmissions = figures.retransmissions();
        sentBytes = figures.sentBytes();
    }

    View view(long nowNanos) {
        return new View(
                loss.probability(nowNanos),
                rate.bytesPerSecond(nowNanos),
                nowNanos,
                rateChanges.factor(),
                rateChanges.stability());
    }

    /** What any thread may see of it, as of a moment. Immutable. */
    record View(Figure loss, Figure bytesPerSecond, long atNanos, double factor, Stability stability) {
        static final View NONE =
                new View(Figure.assumed(0), Figure.assumed(Double.POSITIVE_INFINITY), 0, 1, Stability.UNSEEN);
    }
}
