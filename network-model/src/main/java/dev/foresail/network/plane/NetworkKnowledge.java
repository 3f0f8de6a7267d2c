package dev.foresail.network.plane;

import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process's knowledge of the network, shared by all its nodes, as it grows from what the ends of links tell each other: the
 * {@link InformationPlane} with the places of nodes behind it. Thread-safe.
 *
 * @param <P> names an endpoint; needs equals and hashCode
 */
public final class NetworkKnowledge<P> {
    private final Set<P> own = ConcurrentHashMap.newKeySet();
    private final PlaneSettings settings;
    private final Places<P> places;
    private final InformationPlane<P> plane;

    /**
     * Knows nothing yet.
     *
     * @param random decides where the process begins
     */
    public NetworkKnowledge(PlaneSettings settings, RandomStream random) {
        this.settings = settings;
        this.places = new Places<>(own, settings.peers(), random);
        this.plane = new InformationPlane<>(own, places, settings);
    }

    /** From now on the node is one of this process. */
    public void serve(P node) {
        own.add(node);
    }

    public InformationPlane<P> plane() {
        return plane;
    }

    /** Where this process is, to be told to peers. */
    public Coordinate coordinate() {
        return places.coordinate();
    }

    /** Where a peer has said that it is. */
    public Optional<Coordinate> coordinate(P peer) {
        return places.coordinate(peer);
    }

    /**
     * Moves towards where a round trip to a peer fits better, by no more than
     * {@link dev.foresail.network.coordinate.CoordinateEstimator#improve} says. The plane is not told of the round trip.
     *
     * @param claimed where the peer says it is
     * @return false when it was refused, because the round trip is negative or above 10 s
     */
    public boolean sample(P peer, Coordinate claimed, long roundTripNanos, long nowNanos) {
        return places.sample(peer, claimed, roundTripNanos, nowNanos);
    }

    /**
     * As {@link #sample}, with a round trip that the peer says it has measured: it moves this process's place, but does not vouch for
     * the peer's.
     *
     * @return false when it was refused
     */
    public boolean sampleTold(P peer, Coordinate claimed, long roundTripNanos, long nowNanos) {
        return places.sampleTold(peer, claimed, roundTripNanos, nowNanos);
    }

    /** Takes where a peer says it is. */
    public void hear(P peer, Coordinate claimed, long nowNanos) {
        places.hear(peer, claimed, nowNanos);
    }

    /** What this process tells others of its own links, with where those peers say they are; see {@link InformationPlane#export}. */
    public List<LinkReport<P>> export(int entries, long nowNanos) {
        return plane.export(entries, nowNanos).stream()
                .map(report -> report.at(places.coordinate(report.peer())))
                .toList();
    }

    /**
     * Takes what another node says of its own links, and where it says that their other ends are; see {@link InformationPlane#take}.
     *
     * @return what was wrong, with the code FS365; empty when nothing was
     */
    public Optional<String> take(P exporter, List<LinkReport<P>> report, long nowNanos) {
        Optional<String> problem = plane.take(exporter, report, nowNanos);
        if (!own.contains(exporter) && report.size() <= settings.entries()) {
            report.forEach(
                    link -> link.place().ifPresent(place -> places.hearsay(exporter, link.peer(), place, nowNanos)));
        }
        return problem;
    }

    /** Drops all that is known of a peer, and all that it has said. */
    public void forget(P peer) {
        plane.forget(peer);
        places.forget(peer);
    }
}
