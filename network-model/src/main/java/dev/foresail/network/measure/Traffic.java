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
