package dev.foresail.network.measure;

/** Losses and delivery rate of one link, which many links never have. Not thread-safe. */
final class Traffic {
    final LossEstimator loss = new LossEstimator();
    final DeliveryRateSampler rate = new DeliveryRateSampler();
    final LinkChanges rateChanges = new LinkChanges();

    /** Losses by what a connection has sent again; a kernel that does not count what it sends says nothing of losses. */
    void transport(TransportFigures figures, long nowNanos) {
        long again = figures.retransmissions();
        loss.observe(figures.segments() == 0 ? 0 : StrictMath.max(figures.segments(), again), again, nowNanos);
    }

    void connectionBroke() {
        rate.connectionBroke();
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
