package dev.foresail.steering.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActorWithTimers;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the engine hands over what comes for this member. */
final class MailActor extends AbstractActorWithTimers {
    private static final Logger LOG = LoggerFactory.getLogger(MailActor.class);
    private static final Duration BETWEEN_TICKS = Duration.ofSeconds(1);

    private final CompletableFuture<Mail> mail;

    private enum Tick {
        TICK
    }

    /** @param mail what comes before it is there waits */
    MailActor(CompletableFuture<Mail> mail) {
        this.mail = mail;
    }

    @Override
    public void preStart() {
        Cluster.get(getContext().getSystem())
                .subscribe(
                        getSelf(),
                        ClusterEvent.initialStateAsEvents(),
                        ClusterEvent.MemberUp.class,
                        ClusterEvent.UnreachableMember.class,
                        ClusterEvent.MemberDowned.class,
                        ClusterEvent.MemberRemoved.class);
        getTimers().startTimerAtFixedRate(Tick.TICK, Tick.TICK, BETWEEN_TICKS);
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(
                        Parcel.class,
                        parcel -> address(getSender().path().address())
                                .ifPresent(from -> tell(to -> to.arrived(from, parcel))))
                .match(ClusterEvent.MemberUp.class, event -> tell(event, Mail::isUp))
                .match(ClusterEvent.UnreachableMember.class, event -> tell(event, Mail::isSilent))
                .match(ClusterEvent.MemberDowned.class, event -> tell(event, Mail::isOut))
                .match(ClusterEvent.MemberRemoved.class, event -> tell(event, Mail::isOut))
                .match(Tick.class, tick -> tell(Mail::tick))
                .build();
    }

    private void tell(ClusterEvent.ClusterDomainEvent event, BiConsumer<Mail, MemberAddress> what) {
        Address address = event instanceof ClusterEvent.MemberEvent changed
                ? changed.member().address()
                : ((ClusterEvent.ReachabilityEvent) event).member().address();
        address(address).ifPresent(member -> tell(to -> what.accept(to, member)));
    }

    /** A mistake in what is done with one parcel must not keep the others from arriving: with an error that gets through the engine ends. */
    private void tell(Consumer<Mail> what) {
        try {
            what.accept(mail.join());
        } catch (RuntimeException | Error failure) {
            LOG.error("what has come from another member could not be handled", failure);
        }
    }

    private static Optional<MemberAddress> address(Address address) {
        return address.getHost().flatMap(host -> address.getPort().map(port -> new MemberAddress(host, port)));
    }
}
