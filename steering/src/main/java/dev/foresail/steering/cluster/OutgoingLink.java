package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.Parcel.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes parcels of the messages to one member. On one thread at a time. */
final class OutgoingLink {
    private final long work;
    private long sent;

    OutgoingLink(long work) {
        this.work = work;
    }

    /** @throws IllegalArgumentException when it is too long */
    List<Parcel> parcels(Kind kind, byte[] message) {
        if (message.length > Membership.LONGEST_MESSAGE) {
            throw new IllegalArgumentException(
                    "a message of " + message.length + " bytes is longer than " + Membership.LONGEST_MESSAGE);
        }
        if (message.length <= Parcel.MOST_BYTES) {
            return List.of(new Parcel(kind, work, sent++, false, message));
        }
        List<Parcel> parcels = new ArrayList<>();
        for (int start = 0; start < message.length; start += Parcel.MOST_BYTES) {
            int end = Math.min(message.length, start + Parcel.MOST_BYTES);
            parcels.add(new Parcel(kind, work, sent++, end < message.length, Arrays.copyOfRange(message, start, end)));
        }
        return parcels;
    }

    Parcel pulse() {
        return new Parcel(Kind.PULSE, work, sent, false, new byte[0]);
    }
}
