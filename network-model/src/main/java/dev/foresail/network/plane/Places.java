package dev.foresail.network.plane;

import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.coordinate.CoordinateEstimator;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.random.RandomStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where this process is in the network, where its peers say that they are, and where these say that others are: estimates of pairs
 * that were never measured. The process's own place comes from its own round trips and from what peers say of themselves, and from
 * nothing else; one sample moves it by no more than {@link CoordinateEstimator#improve} allows.
 *
 * <ul>
 *   <li>A peer whose place contradicts the round trip that was measured to it, by more than a factor of 4, is not estimated by it:
 *       it lies, or one of the two has not found its place yet.
 *   <li>What peers say of a third node's place counts only while that node says nothing itself; of three who speak of it,
 *       the middle figure. Of fewer it counts within a factor of 4 of the usual round trip, and its spread is at least its value.
 * </ul>
 *
 * <p>Thread-safe: a sample is taken under a lock, once a second and link; estimates are read without one.
 *
 * @param <P> names an endpoint; needs equals and hashCode
 */
final class Places<P> implements PairEstimates<P> {
    /** By what factor a figure may be off and still be believed. */
    static final double PLAUSIBLE = 4;

    private static final double NANOS_PER_MILLI = 1e6;
    /** Two nodes at one place take as long: Serf's least height. */
    private static final double LEAST_MILLIS = 0.01;

    private final Set<P> own;
    private final int most;
    private final CoordinateEstimator<P> estimator;
    private final Map<P, Place> heard = new ConcurrentHashMap<>();
    private final Hearsay<P> hearsay;
    private volatile Own self;

    /** What this process knows of itself, as of one moment. */
    private record Own(Coordinate coordinate, int samples, double usualMillis) {}

    /** @param roundTripMillis the last one that was measured; 0 when none was */
    private record Place(Coordinate coordinate, double roundTripMillis, long atNanos) {}

    /** Where an endpoint may be. */
    private record Known(List<Coordinate> coordinates, boolean isDoubtful, long atNanos) {}

    /**
     * Begins somewhere.
     *
     * @param own the nodes of this process; a live view
     * @param most of how many others something is kept
     * @param random decides where
     */
    Places(Set<P> own, int most, RandomStream random) {
        this.own = own;
        this.most = most;
        this.hearsay = new Hearsay<>(most);
        this.estimator = new CoordinateEstimator<>(CoordinateEstimator.USUAL_PEERS, random);
        this.self = new Own(estimator.coordinate(), 0, 0);
    }

    /** Where this process is, to be told to others. */
    Coordinate coordinate() {
        return self.coordinate();
    }

    /** Where a peer has said that it is. */
    Optional<Coordinate> coordinate(P peer) {
        return Optional.ofNullable(heard.get(peer)).map(Place::coordinate);
    }

    /**
     * Takes a round trip to a peer and where it says it is, and moves towards where they fit better.
     *
     * @return false when it was refused, because the round trip is negative or above 10 s
     */
    synchronized boolean sample(P peer, Coordinate claimed, long roundTripNanos, long nowNanos) {
        double millis = Math.max(LEAST_MILLIS, roundTripNanos / NANOS_PER_MILLI);
        return moved(peer, new Place(claimed, millis, nowNanos), roundTripNanos);
    }

    /** As {@link #sample}, with a round trip that the peer says it has measured: no evidence of where it is. */
    synchronized boolean sampleTold(P peer, Coordinate claimed, long roundTripNanos, long nowNanos) {
        return moved(peer, new Place(claimed, measuredMillis(peer), nowNanos), roundTripNanos);
    }

    private boolean moved(P peer, Place place, long roundTripNanos) {
        if (!estimator.observe(peer, place.coordinate(), roundTripNanos, place.atNanos())) {
            return false;
        }
        keep(peer, place);
        estimator.improve();
        self = new Own(estimator.coordinate(), estimator.remembered(), estimator.usualRoundTripMillis());
        return true;
    }

    private double measuredMillis(P peer) {
        return Optional.ofNullable(heard.get(peer)).map(Place::roundTripMillis).orElse(0.0);
    }

    /** Takes where a peer says it is. */
    synchronized void hear(P peer, Coordinate claimed, long nowNanos) {
        estimator.hear(peer, claimed, nowNanos);
        keep(peer, new Place(claimed, measuredMillis(peer), nowNanos));
    }

    private void keep(P peer, Place place) {
        if (!heard.containsKey(peer)) {
            Rooms.make(heard, most, Comparator.comparingLong(each -> each.atNanos() - place.atNanos()));
        }
        heard.put(peer, place);
    }

    /** Takes where a peer says that a third node is. */
    void hearsay(P speaker, P third, Coordinate claimed, long nowNanos) {
        if (!own.contains(third) && !speaker.equals(third)) {
            hearsay.take(speaker, third, claimed, nowNanos);
        }
    }

    /** Drops all that is known of a peer, and all that it has said. */
    synchronized void forget(P peer) {
        estimator.forget(peer);
        heard.remove(peer);
        hearsay.forget(peer);
    }

    @Override
    public Optional<Figure> roundTripNanos(P one, P other, long nowNanos) {
        Own now = self;
        if (now.samples() == 0) {
            return Optional.empty();
        }
        return known(one, now, nowNanos)
                .flatMap(here -> known(other, now, nowNanos).map(there -> estimate(here, there, now, nowNanos)));
    }

    private Optional<Known> known(P endpoint, Own now, long nowNanos) {
        if (own.contains(endpoint)) {
            return Optional.of(new Known(List.of(now.coordinate()), false, nowNanos));
        }
        Place place = heard.get(endpoint);
        if (place != null) {
            return isPlausible(place, now)
                    ? Optional.of(new Known(List.of(place.coordinate()), false, place.atNanos()))
                    : Optional.empty();
        }
        List<Hearsay.Voice<P>> voices = hearsay.of(endpoint);
        if (voices.isEmpty()) {
            return Optional.empty();
        }
        List<Coordinate> said = voices.stream().map(Hearsay.Voice::coordinate).toList();
        return Optional.of(
                new Known(said, said.size() < Hearsay.VOICES, voices.get(0).atNanos()));
    }

    private static boolean isPlausible(Place place, Own now) {
        double ratio = now.coordinate().roundTripMillis(place.coordinate()) / place.roundTripMillis();
        return place.roundTripMillis() == 0 || ratio <= PLAUSIBLE && ratio >= 1 / PLAUSIBLE;
    }

    private Figure estimate(Known here, Known there, Own now, long nowNanos) {
        double[] millis = here.coordinates().stream()
                .flatMapToDouble(one -> there.coordinates().stream().mapToDouble(one::roundTripMillis))
                .sorted()
                .toArray();
        double middle = Math.max(LEAST_MILLIS, millis[millis.length / 2]);
        double error =
                here.coordinates().get(0).expectedError(there.coordinates().get(0));
        boolean doubtful = here.isDoubtful() || there.isDoubtful();
        double value = NANOS_PER_MILLI * (doubtful ? bounded(middle, now.usualMillis()) : middle);
        long ageNanos = Math.max(0, nowNanos - Math.min(here.atNanos(), there.atNanos()));
        return new Figure(value, value * (doubtful ? Math.max(1, error) : error), now.samples(), ageNanos);
    }

    /** What too few say counts within a factor of what is usual. */
    static double bounded(double said, double usual) {
        return Math.min(usual * PLAUSIBLE, Math.max(usual / PLAUSIBLE, said));
    }
}
