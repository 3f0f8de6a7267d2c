package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.IncomingLink.BrokenException;
import dev.foresail.steering.cluster.Parcel.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The member that begins a work: it has a cluster of its own, alone at first, into which it invites others; and it alone says who is lost.
 * Thread-safe.
 */
public final class Coordinator implements Membership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MILLIS_BETWEEN_ATTEMPTS = 100;

    /** A member that has just ended one work listens again after a moment. */
    private static final int MOST_ATTEMPTS = 20;

    private final String version;
    private final MembershipSettings settings;
    private final MembershipListener listener;
    private final Map<MemberAddress, Guest> guests = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService probes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "foresail-invitation");
        thread.setDaemon(true);
        return thread;
    });
    private final MemberSystem system;
    private final Post post;

    /** Somebody who was invited. Thread-safe. */
    private static final class Guest {
        final CompletableFuture<byte[]> joined = new CompletableFuture<>();
        /** The fields below are guarded by the guest. */
        private Optional<byte[]> acceptance = Optional.empty();

        private boolean isUp;
        private boolean isLost;

        synchronized boolean takesPart() {
            return joined.isDone() && !joined.isCompletedExceptionally() && !isLost;
        }

        synchronized boolean isLost() {
            return isLost;
        }

        synchronized boolean hasAccepted() {
            return acceptance.isPresent();
        }

        /** Whether it may belong to the cluster. */
        synchronized boolean mayBeIn() {
            return isUp || acceptance.isPresent();
        }

        /** Nothing goes to it or comes from it any more; false when that is so already. */
        synchronized boolean lose() {
            boolean isNew = !isLost;
            isLost = true;
            return isNew;
        }

        void accepts(byte[] message) {
            synchronized (this) {
                acceptance = Optional.of(message);
            }
            completeIfJoined();
        }

        void joins() {
            synchronized (this) {
                isUp = true;
            }
            completeIfJoined();
        }

        private void completeIfJoined() {
            Optional<byte[]> answer;
            synchronized (this) {
                answer = isUp && !isLost ? acceptance : Optional.empty();
            }
            answer.ifPresent(joined::complete);
        }
    }

    private Coordinator(
            MemberAddress listen, String version, MembershipSettings settings, MembershipListener listener) {
        this.version = version;
        this.settings = settings;
        this.listener = listener;
        this.system = MemberSystem.start(listen, settings);
        this.post = new Post(system.number(), system::carry);
    }

    /**
     * Begins to listen, with a cluster of one member.
     *
     * @param listen with an address, not a name; port 0 is any that is free
     * @param version of Foresail
     * @param listener is told what comes from members who have joined
     * @throws dev.foresail.steering.config.ConfigurationException FS436 when it cannot listen there
     */
    public static Coordinator start(
            MemberAddress listen, String version, MembershipSettings settings, MembershipListener listener) {
        Coordinator coordinator = new Coordinator(listen, version, settings, listener);
        Inbox inbox = coordinator.new Inbox();
        coordinator.system.open(inbox);
        coordinator.system.whenEnded(inbox::engineEnded);
        coordinator.system.join(coordinator.self());
        return coordinator;
    }

    /**
     * Where to listen so that members can reach it: any port of the address from which packets go to the first of them that is not on this
     * machine's loopback, as nobody else could answer there.
     */
    public static MemberAddress near(List<MemberAddress> members) {
        return firstElsewhere(members).map(Coordinator::near).orElse(new MemberAddress("127.0.0.1", 0));
    }

    static Optional<MemberAddress> firstElsewhere(List<MemberAddress> members) {
        return members.stream().filter(member -> !member.isLoopback()).findFirst();
    }

    private static MemberAddress near(MemberAddress member) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(member.host(), member.port()));
            InetAddress own = socket.getLocalAddress();
            return new MemberAddress(
                    own.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : own.getHostAddress(), 0);
        } catch (SocketException | UnknownHostException unreachable) {
            return new MemberAddress("127.0.0.1", 0);
        }
    }

    @Override
    public MemberAddress self() {
        return system.self();
    }

    @Override
    public List<MemberAddress> others() {
        return guests.entrySet().stream()
                .filter(guest -> guest.getValue().takesPart())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public void send(MemberAddress to, byte[] message) {
        Guest guest = guests.get(to);
        if (guest != null && guest.takesPart()) {
            post.send(to, Kind.MESSAGE, message);
        }
    }

    /**
     * Invites a member, once.
     *
     * @param member with an address, not a name
     * @param purpose which of its services is meant
     * @param offer what that service is told
     * @return what the service has answered, when the member has joined; fails with {@link RefusedException}: FS437 when nobody answers there,
     *     FS438 when it is of another version, FS441 when it works for somebody else, and whatever its service refuses with. A member that
     *     answers when that has failed is sent away
     */
    public CompletableFuture<byte[]> invite(MemberAddress member, String purpose, byte[] offer) {
        Guest guest = new Guest();
        guests.put(member, guest);
        byte[] invitation = new Invitation(version, purpose, offer).message();
        probes.execute(() -> {
            try {
                reach(member);
                post.send(member, Kind.INVITATION, invitation);
            } catch (IOException unreachable) {
                guest.joined.completeExceptionally(new RefusedException(
                        "FS437",
                        "it cannot be reached: " + unreachable.getMessage() + "; start 'foresail member --listen "
                                + member + "' there"));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture.delayedExecutor(settings.answer().toMillis(), TimeUnit.MILLISECONDS, probes)
                .execute(() -> {
                    guest.joined.completeExceptionally(new RefusedException(
                            "FS437",
                            "somebody listens there, but does not answer as a member of Foresail within "
                                    + settings.answer().toSeconds() + " s"));
                    dismissIfLate(member, guest);
                });
        return guest.joined;
    }

    /** Who has accepted when nobody waited for it any more would work for nobody. */
    private void dismissIfLate(MemberAddress member, Guest guest) {
        if (guest.hasAccepted() && guest.joined.isCompletedExceptionally() && guest.lose()) {
            post.send(member, Kind.FAREWELL, new byte[0]);
            post.forget(member);
            system.putOut(member);
        }
    }

    /** Returns when somebody takes connections there. */
    private void reach(MemberAddress member) throws IOException, InterruptedException {
        for (int attempt = 1; closed.getCount() > 0; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(member.host(), member.port()), CONNECT_MILLIS);
                return;
            } catch (ConnectException refused) {
                if (attempt == MOST_ATTEMPTS || closed.await(MILLIS_BETWEEN_ATTEMPTS, TimeUnit.MILLISECONDS)) {
                    throw refused;
                }
            }
        }
    }

    /** Ends: the members are told, drop the work and wait for the next one. */
    @Override
    public void close() {
        guests.forEach((member, guest) -> {
            if (!guest.isLost() && guest.hasAccepted()) {
                post.send(member, Kind.FAREWELL, new byte[0]);
            }
        });
        closed.countDown();
        system.close();
        probes.shutdownNow();
    }

    /** On the engine's thread. */
    private final class Inbox implements Mail {
        @Override
        public void arrived(MemberAddress from, Parcel parcel) {
            Guest guest = guests.get(from);
            if (guest == null || guest.isLost() || parcel.work() != post.work()) {
                return;
            }
            try {
                post.open(from, parcel).ifPresent(message -> opened(from, guest, parcel.kind(), message));
            } catch (BrokenException broken) {
                lose(from, String.valueOf(broken.getMessage()));
            }
        }

        private void opened(MemberAddress from, Guest guest, Kind kind, byte[] message) {
            switch (kind) {
                case ACCEPTANCE -> {
                    guest.accepts(message);
                    dismissIfLate(from, guest);
                }
                case REFUSAL -> guest.joined.completeExceptionally(RefusedException.read(message));
                case MESSAGE -> handOver(from, guest, message);
                case FAREWELL -> lose(from, "it has ended");
                default -> lose(from, "it sends what no member sends");
            }
        }

        private void handOver(MemberAddress from, Guest guest, byte[] message) {
            // It sends nothing before it has joined, which it may have heard of first.
            guest.joins();
            if (!guest.takesPart()) {
                return;
            }
            try {
                listener.received(from, message);
            } catch (RuntimeException | Error failure) {
                LOG.error("what {} has sent could not be handled", from, failure);
                lose(from, "what it has sent could not be handled: " + failure);
            }
        }

        /** Nothing reaches anybody from here any more. */
        void engineEnded() {
            if (closed.getCount() > 0) {
                guests.keySet().forEach(member -> lose(member, "the cluster's engine has ended here"));
            }
        }

        @Override
        public void isUp(MemberAddress member) {
            Guest guest = guests.get(member);
            if (guest == null) {
                return;
            } else if (guest.isLost()) {
                system.putOut(member);
            } else {
                guest.joins();
            }
        }

        @Override
        public void isSilent(MemberAddress member) {
            Guest guest = guests.get(member);
            if (guest != null && guest.isLost()) {
                // It was sent away while it joined; who is silent and not put out keeps others from joining.
                system.putOut(member);
            }
            lose(member, "it is silent");
        }

        @Override
        public void isOut(MemberAddress member) {
            lose(member, "it was put out");
        }

        private void lose(MemberAddress member, String why) {
            Guest guest = guests.get(member);
            if (guest == null) {
                return;
            }
            boolean tookPart = guest.takesPart();
            if (!guest.lose()) {
                return;
            }
            post.forget(member);
            if (guest.mayBeIn()) {
                system.putOut(member);
            }
            guest.joined.completeExceptionally(
                    new RefusedException("FS437", "it was lost before it had joined: " + why));
            if (tookPart) {
                listener.lost(member, why);
            }
        }

        @Override
        public void tick() {
            post.pulse();
        }
    }
}
