package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.Parcel.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Makes messages of the parcels of one member. On one thread at a time. */
final class IncomingLink {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long arrived;

    /** Something is missing, or cannot be. Nothing that comes after it is of use. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }

    /** The message that is whole with this parcel; empty when there is none. */
    Optional<byte[]> accept(Parcel parcel) throws BrokenException {
        if (parcel.number() != arrived) {
            throw new BrokenException("parcel " + arrived + " is missing: " + parcel.number() + " came next");
        }
        if (parcel.kind() == Kind.PULSE) {
            return Optional.empty();
        }
        arrived++;
        if (begun.size() + parcel.body().length > Membership.LONGEST_MESSAGE) {
            throw new BrokenException("a message is too long");
        }
        if (!parcel.hasMore() && begun.size() == 0) {
            return Optional.of(parcel.body());
        }
        begun.writeBytes(parcel.body());
        if (parcel.hasMore()) {
            return Optional.empty();
        }
        byte[] whole = begun.toByteArray();
        begun.reset();
        return Optional.of(whole);
    }
}
