package dev.foresail.network.coordinate;

/**
 * What one node tells another of a third one's coordinate. On the wire it takes {@link CoordinateCodec#BYTES} bytes, the peer's
 * name and the age.
 *
 * @param peer whose coordinate it is
 * @param ageNanos how long ago the peer itself said so, at least 0; each teller adds the time that it has kept it
 * @param <P> names a peer
 */
public record CoordinateNews<P>(P peer, Coordinate coordinate, long ageNanos) {
    /** @throws IllegalArgumentException when the age is negative */
    public CoordinateNews {
        if (ageNanos < 0) {
            throw new IllegalArgumentException("an age is at least 0, not " + ageNanos);
        }
    }
}
