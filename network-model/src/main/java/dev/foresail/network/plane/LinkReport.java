package dev.foresail.network.plane;

import dev.foresail.network.coordinate.Coordinate;
import java.util.Optional;

/**
 * What a node says of its own link to a peer. Nothing is checked here, as it comes from others.
 *
 * @param peer the other end
 * @param roundTripNanos smoothed round trip
 * @param spreadNanos its spread at the time of export
 * @param samples how many round trips it rests on
 * @param ageNanos how old it was at the time of export
 * @param bytesPerSecond delivery rate from the reporting node to the peer; 0 when not known
 * @param place where the peer has said that it is
 */
public record LinkReport<P>(
        P peer,
        double roundTripNanos,
        double spreadNanos,
        long samples,
        long ageNanos,
        double bytesPerSecond,
        Optional<Coordinate> place) {
    /** Without a place. */
    public LinkReport(
            P peer, double roundTripNanos, double spreadNanos, long samples, long ageNanos, double bytesPerSecond) {
        this(peer, roundTripNanos, spreadNanos, samples, ageNanos, bytesPerSecond, Optional.empty());
    }

    LinkReport<P> at(Optional<Coordinate> said) {
        return new LinkReport<>(peer, roundTripNanos, spreadNanos, samples, ageNanos, bytesPerSecond, said);
    }
}
