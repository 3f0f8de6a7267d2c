package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.IncomingLink.BrokenException;
import dev.foresail.steering.cluster.Parcel.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The links between this member and the others over one work. Thread-safe. */
final class Post {
    private final long work;
    private final BiConsumer<MemberAddress, Parcel> carrier;
    private final Map<MemberAddress, OutgoingLink> outgoing = new HashMap<>();
    private final Map<MemberAddress, IncomingLink> incoming = new HashMap<>();

    /** @param carrier takes parcels to a member, those to the same one in their order, and returns at once */
    Post(long work, BiConsumer<MemberAddress, Parcel> carrier) {
        this.work = work;
        this.carrier = carrier;
    }

    long work() {
        return work;
    }

    synchronized void send(MemberAddress to, Kind kind, byte[] message) {
        outgoing.computeIfAbsent(to, link -> new OutgoingLink(work))
                .parcels(kind, message)
                .forEach(parcel -> carrier.accept(to, parcel));
    }

    /** Tells everybody to whom something was sent how much that was. */
    synchronized void pulse() {
        outgoing.forEach((to, link) -> carrier.accept(to, link.pulse()));
    }

    /** The message that is whole with a parcel of this work; empty when there is none. */
    synchronized Optional<byte[]> open(MemberAddress from, Parcel parcel) throws BrokenException {
        return incoming.computeIfAbsent(from, link -> new IncomingLink()).accept(parcel);
    }

    /** Nothing goes to a member any more. */
    synchronized void forget(MemberAddress member) {
        outgoing.remove(member);
        incoming.remove(member);
    }
}
