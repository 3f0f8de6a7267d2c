package dev.foresail.network.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node has measured of each of its peers.
 *
 * <p>Not thread-safe: belongs to the node's event loop. A peer that is never forgotten is kept for ever, so whoever tracks
 * membership calls {@link #forget}.
 *
 * @param <P> names a peer; needs equals and hashCode
 */
public final class PeerMeasurements<P> {
    /** Losses are counted with a memory of about this many messages. */
    private static final double LOSS_MEMORY_MESSAGES = 1_000;
    /** What is believed before the first message: half a lost one in a hundred. */
    private static final double PRIOR_LOST = 0.5;

    private static final double PRIOR_SENT = 100;

    private final Map<P, Link> links = new LinkedHashMap<>();

    private static final class Link {
        final RoundTripEstimator roundTrip = new RoundTripEstimator();
        double sent;
        double lost;
        long outcomes;
        long latestOutcomeAtNanos;
    }

    /** Takes one round trip; for the arguments see {@link RoundTripEstimator#observe(long, long, boolean, long)}. */
    public void roundTrip(P peer, long roundTripNanos, long peerDelayNanos, boolean retransmitted, long nowNanos) {
        link(peer).roundTrip.observe(roundTripNanos, peerDelayNanos, retransmitted, nowNanos);
    }

    /** Takes one round trip of a message that was sent once to a peer which answered at once. */
    public void roundTrip(P peer, long roundTripNanos, long nowNanos) {
        roundTrip(peer, roundTripNanos, 0, false, nowNanos);
    }

    /** Takes what became of one message: whether it was lost, as far as the transport can tell. */
    public void outcome(P peer, boolean lost, long nowNanos) {
        Link link = link(peer);
        double keep = 1 - 1 / LOSS_MEMORY_MESSAGES;
        link.sent = link.sent * keep + 1;
        link.lost = link.lost * keep + (lost ? 1 : 0);
        link.outcomes++;
        link.latestOutcomeAtNanos = nowNanos;
    }

    /** Smoothed round trip to the peer in nanoseconds; empty before the first sample. */
    public Optional<Figure> roundTripNanos(P peer, long nowNanos) {
        return find(peer).map(link -> link.roundTrip.roundTripNanos(nowNanos)).filter(Figure::isKnown);
    }

    /** Smallest round trip of the last 10 s in nanoseconds; empty when there was none. */
    public Optional<Figure> minimumRoundTripNanos(P peer, long nowNanos) {
        return find(peer)
                .map(link -> link.roundTrip.minimumRoundTripNanos(nowNanos))
                .filter(Figure::isKnown);
    }

    /** Share of messages lost, in [0,1), with its standard deviation; empty before the first outcome. */
    public Optional<Figure> lossProbability(P peer, long nowNanos) {
        return find(peer).filter(link -> link.outcomes > 0).map(link -> lossFigure(link, nowNanos));
    }

    private static Figure lossFigure(Link link, long nowNanos) {
        double sent = link.sent + PRIOR_SENT;
        double probability = (link.lost + PRIOR_LOST) / sent;
        double deviation = StrictMath.sqrt(probability * (1 - probability) / (sent + 1));
        long ageNanos = StrictMath.max(0, nowNanos - link.latestOutcomeAtNanos);
        return new Figure(probability, deviation, link.outcomes, ageNanos);
    }

    /** Median over all measured peers of the smoothed round trip in nanoseconds; empty when no peer has been measured. */
    public Optional<Double> medianRoundTripNanos(long nowNanos) {
        double[] values = links.values().stream()
                .map(link -> link.roundTrip.roundTripNanos(nowNanos))
                .filter(Figure::isKnown)
                .mapToDouble(Figure::value)
                .toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return Optional.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }

    /** The peers seen, in the order of their first measurement. */
    public List<P> peers() {
        return List.copyOf(links.keySet());
    }

    /** Drops all that is known of a peer. */
    public void forget(P peer) {
        links.remove(peer);
    }

    private Optional<Link> find(P peer) {
        return Optional.ofNullable(links.get(peer));
    }

    private Link link(P peer) {
        return links.computeIfAbsent(peer, absent -> new Link());
    }
}
