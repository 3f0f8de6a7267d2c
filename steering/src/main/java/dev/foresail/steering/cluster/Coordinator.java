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

/**
 * The member that begins a work: it has a cluster of its own, alone at first, into which it invites others; and it alone says who is lost.
 * Thread-safe.
 */
public final class Coordinator implements Membership, AutoCloseable {
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

    /** Somebody who was invited. Guarded by itself. */
    private static final class Guest {
        final CompletableFuture<byte[]> joined = new CompletableFuture<>();
        Optional<byte[]> acceptance = Optional.empty();
        boolean isUp;
        boolean isLost;

        boolean takesPart() {
            return joined.isDone() && !joined.isCompletedExceptionally() && !isLost;
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
        coordinator.system.open(coordinator.new Inbox());
        coordinator.system.join(coordinator.self());
        return coordinator;
    }

    /** Where to listen so that a member can reach it: any port of the address from which packets go there. */
    public static MemberAddress near(MemberAddress member) {
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
     *     FS438 when it is of another version, FS441 when it works for somebody else, and whatever its service refuses with
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
                .execute(() -> guest.joined.completeExceptionally(new RefusedException(
                        "FS437",
                        "somebody listens there, but does not answer as a member of Foresail within "
                                + settings.answer().toSeconds() + " s")));
        return guest.joined;
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
            if (!guest.isLost && guest.acceptance.isPresent()) {
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
            if (guest == null || guest.isLost || parcel.work() != post.work()) {
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
                    guest.acceptance = Optional.of(message);
                    completeIfJoined(guest);
                }
                case REFUSAL -> guest.joined.completeExceptionally(RefusedException.read(message));
                case MESSAGE -> listener.received(from, message);
                case FAREWELL -> lose(from, "it has ended");
                default -> lose(from, "it sends what no member sends");
            }
        }

        private void completeIfJoined(Guest guest) {
            if (guest.isUp) {
                guest.acceptance.ifPresent(guest.joined::complete);
            }
        }

        @Override
        public void isUp(MemberAddress member) {
            Guest guest = guests.get(member);
            if (guest != null) {
                guest.isUp = true;
                completeIfJoined(guest);
            }
        }

        @Override
        public void isSilent(MemberAddress member) {
            lose(member, "it is silent");
        }

        @Override
        public void isOut(MemberAddress member) {
            lose(member, "it was put out");
        }

        private void lose(MemberAddress member, String why) {
            Guest guest = guests.get(member);
            if (guest == null || guest.isLost) {
                return;
            }
            boolean tookPart = guest.takesPart();
            guest.isLost = true;
            post.forget(member);
            if (guest.isUp) {
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
