package dev.foresail.eval.hostile;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LiveSurroundings;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.AddressBook;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Two live nodes on the loopback address that are friends: the one that is attacked, and an honest peer of it. Others are
 * known by their ids. Not thread-safe.
 */
final class Company implements AutoCloseable {
    static final NodeId NODE = NodeId.of(1);
    static final NodeId HONEST = NodeId.of(2);
    static final NodeId LIAR = NodeId.of(3);
    /** Strangers say that they are this one. */
    static final NodeId NOBODY = NodeId.of(4);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Strangers that say nothing shall be there for a while, and be gone before the end. */
    private static final TransportSettings TRANSPORT =
            new TransportSettings(1 << 20, 16L << 20, Duration.ofSeconds(5), Duration.ofSeconds(2), 64);

    private final Addresses addresses = new Addresses();
    private final ForesailNode node;
    private final ForesailNode honest;
    private final long seed;
    private long said;
    private long inTime;

    Company(long seed) {
        this.seed = seed;
        this.node = boot(NODE);
        this.honest = boot(HONEST);
        node.call("befriend", HONEST).join();
        honest.call("befriend", NODE).join();
    }

    private ForesailNode boot(NodeId id) {
        NodeConfiguration configuration = NodeConfiguration.of(
                        "parley", id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .resolver(ResolverSettings.predicted(Objective.minimize("unevenness", Duration.ofMillis(200))))
                .build();
        ForesailNode started = ForesailNode.start(
                configuration,
                new ParleyMachine(),
                new LiveSurroundings(
                        RealClock::nanos,
                        RealClock::epochMillis,
                        addresses,
                        LinkConditions.NONE,
                        TRANSPORT,
                        Optional.empty(),
                        LiveSurroundings.knowledgeOf(configuration.self(), seed),
                        seed,
                        seed));
        addresses.put(id, started.address());
        return started;
    }

    Addresses addresses() {
        return addresses;
    }

    TransportSettings transport() {
        return TRANSPORT;
    }

    InetSocketAddress address() {
        return node.address();
    }

    /** The attacked node's own state. */
    Parley state() {
        return (Parley) node.snapshotState().join();
    }

    void befriendLiar() {
        node.call("befriend", LIAR).join();
    }

    /** Makes the node choose, and so look ahead. */
    void confide() {
        node.call("confide").join();
    }

    /** The honest peer says so many words, and waits until the node has heard them. */
    void talk(int words) {
        honest.call("say", NODE, words).join();
        said += words;
        if (await(() -> state().heard.getOrDefault(HONEST, 0L) >= said)) {
            inTime += words;
        }
    }

    long wordsSaid() {
        return said;
    }

    /** Of the honest peer's words: those that were not heard in time, or not in order. */
    long wordsLost() {
        return said - inTime + state().outOfOrder.getOrDefault(HONEST, 0L);
    }

    /** Broken connections between the two, seen from either side, and interventions. */
    long actionsAgainstHonest() {
        Parley peer = (Parley) honest.snapshotState().join();
        return state().broken.getOrDefault(HONEST, 0L)
                + peer.broken.getOrDefault(NODE, 0L)
                + node.statistics().interventions().size()
                + node.statistics().eventsTurnedAway();
    }

    int crashes() {
        return (node.failure().isDone() ? 1 : 0) + (honest.failure().isDone() ? 1 : 0);
    }

    /** Whether, sooner or later, the node's picture has the honest peer as it is. */
    boolean isHonestSeenAsItIs() {
        return await(() -> {
            confide();
            Parley seen = seen(HONEST);
            Parley is = (Parley) honest.snapshotState().join();
            return new ParleyMachine().describe(seen).equals(new ParleyMachine().describe(is));
        });
    }

    /** The node's picture of another; a new state when there is none. */
    private Parley seen(NodeId other) {
        try {
            Path file = Files.createTempFile("parley", ".snapshot");
            try {
                node.writeSnapshot(file).join();
                SystemSnapshot<Parley> snapshot = SnapshotFile.read(new ParleyMachine(), file);
                return Optional.ofNullable(snapshot.nodes().get(other))
                        .map(known -> known.checkpoint().state())
                        .orElseGet(Parley::new);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new IllegalStateException("no snapshot could be taken: " + failure, failure);
        }
    }

    /** Each question is a task on a node's loop, so asking over and over leaves it time to work. */
    static boolean await(BooleanSupplier condition) {
        long startNanos = RealClock.nanos();
        while (!condition.getAsBoolean()) {
            if (RealClock.nanos() - startNanos > PATIENCE.toNanos()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        node.kill();
        honest.kill();
    }

    /** Where the nodes are, known once they listen. */
    static final class Addresses implements AddressBook {
        private final Map<NodeId, InetSocketAddress> known = new ConcurrentHashMap<>();

        void put(NodeId node, InetSocketAddress address) {
            known.put(node, address);
        }

        @Override
        public boolean knows(NodeId node) {
            return node.value() <= NOBODY.value();
        }

        @Override
        public Optional<InetSocketAddress> addressOf(NodeId node) {
            return Optional.ofNullable(known.get(node));
        }
    }
}
