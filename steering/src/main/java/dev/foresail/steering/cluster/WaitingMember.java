package dev.foresail.steering.cluster;

import dev.foresail.steering.config.ConfigurationException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A member that waits for coordinators and works for one at a time, until it is closed. After each it begins anew at the same address: who has left one
 * cluster can join another only so. Thread-safe.
 */
public final class WaitingMember implements AutoCloseable {
    private static final long MILLIS_BETWEEN_ATTEMPTS = 200;
    private static final int MOST_ATTEMPTS = 50;

    private final String version;
    private final List<MemberService> services;
    private final MembershipSettings settings;
    private final Consumer<String> told;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "foresail-member");
        thread.setDaemon(true);
        return thread;
    });
    private final MemberAddress address;
    private Station station;
    private boolean isClosed;

    private WaitingMember(
            MemberAddress listen,
            String version,
            List<MemberService> services,
            MembershipSettings settings,
            Consumer<String> told) {
        this.version = version;
        this.services = List.copyOf(services);
        this.settings = settings;
        this.told = told;
        this.station = station(listen);
        this.address = station.self();
    }

    /**
     * Begins to wait.
     *
     * @param listen with an address, not a name; port 0 is any that is free
     * @param version of Foresail
     * @param told gets a line for people whenever a work begins, is refused or is over
     * @throws ConfigurationException FS436 when it cannot listen there
     */
    public static WaitingMember start(
            MemberAddress listen,
            String version,
            List<MemberService> services,
            MembershipSettings settings,
            Consumer<String> told) {
        WaitingMember member = new WaitingMember(listen, version, services, settings, told);
        member.open();
        return member;
    }

    private synchronized void open() {
        station.open();
    }

    private Station station(MemberAddress listen) {
        return new Station(MemberSystem.start(listen, settings), version, services, told, this::again);
    }

    /** Where it listens. */
    public MemberAddress address() {
        return address;
    }

    /**
     * Fails with FS436 when it cannot listen any more after a work, and with whatever is thrown by what ends a work or begins anew; else it
     * is not done before it is closed.
     */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private void again(Station old) {
        try {
            own.execute(() -> orEnd(() -> {
                old.leave();
                restart(MOST_ATTEMPTS);
            }));
        } catch (RejectedExecutionException closed) {
            // It was ended meanwhile by whoever has closed it.
        }
    }

    /** Who waits for the end hears of what goes wrong here. */
    private void orEnd(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error failure) {
            ended.completeExceptionally(failure);
        }
    }

    private synchronized void restart(int attempts) {
        if (isClosed) {
            return;
        }
        try {
            station = station(address);
            station.open();
        } catch (ConfigurationException taken) {
            if (attempts > 1) {
                var unused = own.schedule(
                        () -> orEnd(() -> restart(attempts - 1)), MILLIS_BETWEEN_ATTEMPTS, TimeUnit.MILLISECONDS);
            } else {
                ended.completeExceptionally(taken);
            }
        }
    }

    /** Ends; a coordinator is told. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                isClosed = true;
                station.leave();
            }
        } finally {
            own.shutdownNow();
            ended.complete(null);
        }
    }
}
