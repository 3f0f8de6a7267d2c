package dev.foresail.network.measure;

import java.util.Optional;

/**
 * All that is measured of the link to one peer. Figures say how old they are, and their spread grows with age as the node's links
 * have shown ({@link ChangeCalibration}).
 *
 * <p>Thread rule: written by event loops, under the link's own lock, which hardly anybody else wants. Figures are read by any
 * thread without a lock, from what the latest write has published; intervals, time-outs and faults take one. Nothing that is written throws: what cannot be is left out and counted.
 */
public final class MeasuredLink {
    private final ChangeCalibrations calibrations;
    private final Runnable roundTripChanged;
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    private final LinkChanges roundTripChanges = new LinkChanges();
    private Optional<Traffic> traffic = Optional.empty();

    private volatile RoundTripView seen = RoundTripView.NONE;
    private volatile Traffic.View seenTraffic = Traffic.View.NONE;

    /** @param calibrations those of the node, shared by its links */
    public MeasuredLink(ChangeCalibrations calibrations) {
        this(calibrations, () -> {});
    }

    /**
     * @param calibrations those of the node, shared by its links
     * @param roundTripChanged told of every new round trip, once readers see it; under the link's lock
     */
    public MeasuredLink(ChangeCalibrations calibrations, Runnable roundTripChanged) {
        this.calibrations = calibrations;
        this.roundTripChanged = roundTripChanged;
    }

    /** Takes one round trip; for the arguments see {@link RoundTripEstimator#observe(long, long, boolean, long)}. */
    public synchronized void roundTrip(long roundTripNanos, long peerDelayNanos, boolean retransmitted, long nowNanos) {
        if (roundTrip.observe(roundTripNanos, peerDelayNanos, retransmitted, nowNanos)) {
            published((double) StrictMath.max(roundTripNanos, RoundTripEstimator.CLOCK_GRANULARITY_NANOS));
        }
    }

    /** Takes what the kernel says of the connection: round trip and losses. */
    public synchronized void transport(TransportFigures figures, long nowNanos) {
        long smoothedNanos = figures.roundTripMicros() * 1_000;
        // An idle connection's figures are those of before, and would only seem young.
        if (traffic().isNewer(figures, nowNanos)
                && roundTrip.adopt(smoothedNanos, figures.variationMicros() * 1_000, nowNanos)) {
            published((double) smoothedNanos);
        }
        traffic().transport(figures, nowNanos);
        publishTraffic(nowNanos);
    }

    private void published(double measuredNanos) {
        long atNanos = roundTrip.latestAtNanos();
        roundTripChanges.observe(measuredNanos, roundTrip.smoothedNanos(), atNanos, calibrations.roundTrips());
        seen = new RoundTripView(
                roundTrip.smoothedNanos(),
                roundTrip.variationNanos(),
                roundTrip.minimumRoundTripNanos(atNanos).value(),
                roundTrip.queueingNanos(atNanos),
                roundTrip.samples(),
                atNanos,
                roundTripChanges.factor(),
                roundTripChanges.stability());
        roundTripChanged.run();
    }

    /** Takes what became of messages: how many were sent, and how many of them lost, as far as the transport can tell. */
    public synchronized void outcome(long sent, long lost, long nowNanos) {
        traffic().loss.observe(sent, lost, nowNanos);
        publishTraffic(nowNanos);
    }

    /** Bytes were handed to the socket; see {@link DeliveryRateSampler#sent}. */
    public synchronized void sent(long bytes, boolean limitedBySender, long nowNanos) {
        traffic().rate.sent(bytes, limitedBySender, nowNanos);
    }

    /** The peer has acknowledged bytes; see {@link DeliveryRateSampler#acknowledged}. */
    public synchronized void acknowledged(long bytes, long nowNanos) {
        Traffic known = traffic();
        long leastNanos = (long) roundTrip.minimumRoundTripNanos(nowNanos).value();
        if (known.rate.acknowledged(bytes, leastNanos, nowNanos)) {
            double rate = known.rate.bytesPerSecond(nowNanos).value();
            known.rateChanges.observe(rate, rate, nowNanos, calibrations.rates());
            publishTraffic(nowNanos);
        }
    }

    /** What was in flight is lost with the connection; what is known of the link stays, and ages. */
    public synchronized void connectionBroke() {
        traffic.ifPresent(Traffic::connectionBroke);
    }

    private Traffic traffic() {
        if (traffic.isEmpty()) {
            traffic = Optional.of(new Traffic());
        }
        return traffic.get();
    }

    private void publishTraffic(long nowNanos) {
        seenTraffic = traffic().view(nowNanos);
    }

    /** Smoothed round trip in nanoseconds; the spread is its variation, or more when it is old. Unknown before the first sample. */
    public Figure roundTripNanos(long nowNanos) {
        RoundTripView view = seen;
        if (view.samples() == 0) {
            return Figure.assumed(0);
        }
        long ageNanos = view.ageNanos(nowNanos);
        double grown =
                view.smoothedNanos() * calibrations.roundTrips().growth(view.factor(), view.stability(), ageNanos);
        return new Figure(view.smoothedNanos(), StrictMath.max(view.variationNanos(), grown), view.samples(), ageNanos);
    }

    /**
     * Where a round trip that was measured now would lie, in nanoseconds.
     *
     * @param probability strictly between 0 and 1
     * @return empty before the first sample, and before the node has seen how its links change
     */
    public Optional<Interval> roundTripInterval(double probability, long nowNanos) {
        RoundTripView view = seen;
        if (view.samples() == 0) {
            return Optional.empty();
        }
        return calibrations
                .roundTrips()
                .ratios(view.factor(), view.stability(), view.ageNanos(nowNanos), probability)
                .map(ratios -> ratios.scaled(view.smoothedNanos()));
    }

    /** Smallest round trip of the 10 s before the latest sample, in nanoseconds; unknown when that is 10 s ago or more. */
    public Figure minimumRoundTripNanos(long nowNanos) {
        RoundTripView view = seen;
        long ageNanos = view.ageNanos(nowNanos);
        if (view.samples() == 0 || ageNanos > RoundTripEstimator.MINIMUM_WINDOW_NANOS) {
            return Figure.assumed(0);
        }
        double above = StrictMath.max(0, view.smoothedNanos() - view.minimumNanos());
        return new Figure(view.minimumNanos(), above, view.samples(), ageNanos);
    }

    /** How long messages wait in queues, in nanoseconds; see {@link RoundTripEstimator#queueingNanos}. */
    public Figure queueingNanos(long nowNanos) {
        RoundTripView view = seen;
        return older(view.queueingNanos(), view.ageNanos(nowNanos), 0);
    }

    /** Bytes per second that the link carries at least; see {@link DeliveryRateSampler#bytesPerSecond}. */
    public Figure bytesPerSecond(long nowNanos) {
        Traffic.View view = seenTraffic;
        Figure rate = view.bytesPerSecond(nowNanos);
        if (!rate.isKnown()) {
            return rate;
        }
        double grown = calibrations.rates().growth(view.factor(), view.stability(), rate.ageNanos());
        return older(rate, 0, grown);
    }

    /** Where the delivery rate lies; as {@link #roundTripInterval}. */
    public Optional<Interval> bytesPerSecondInterval(double probability, long nowNanos) {
        Traffic.View view = seenTraffic;
        Figure rate = view.bytesPerSecond(nowNanos);
        if (!rate.isKnown()) {
            return Optional.empty();
        }
        return calibrations
                .rates()
                .ratios(view.factor(), view.stability(), rate.ageNanos(), probability)
                .map(ratios -> ratios.scaled(rate.value()));
    }

    /** Share of messages lost, in (0,1), with its standard deviation; unknown before the first outcome. */
    public Figure lossProbability(long nowNanos) {
        return seenTraffic.loss(nowNanos);
    }

    /** Where the probability of a loss lies with the given credibility; see {@link LossEstimator#credibleInterval}. */
    public synchronized Interval lossInterval(double credibility) {
        return traffic().loss.credibleInterval(credibility);
    }

    private static long later(Figure figure, long laterNanos) {
        long ageNanos = figure.ageNanos() + laterNanos;
        return ageNanos < 0 ? Long.MAX_VALUE : ageNanos;
    }

    private static Figure older(Figure figure, long laterNanos, double growth) {
        return figure.isKnown()
                ? new Figure(
                        figure.value(),
                        StrictMath.max(figure.spread(), growth * figure.value()),
                        figure.samples(),
                        later(figure, laterNanos))
                : figure;
    }

    /** When to give up waiting for an answer, in nanoseconds; 0 before the first sample. */
    public synchronized long timeoutNanos() {
        return roundTrip.timeoutNanos();
    }

    /** How many values could not be: a clock that ran backwards, a negative round trip, more acknowledged than sent. */
    public synchronized long faults() {
        return roundTrip.faults() + traffic.map(known -> known.rate.faults()).orElse(0L);
    }
}
