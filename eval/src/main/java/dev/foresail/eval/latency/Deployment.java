package dev.foresail.eval.latency;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LiveSurroundings;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.AddressBook;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client, a dispatcher and its workers, live on the loopback address and closed together. The worker with the smallest id
 * is the slowest, the one with the largest id the fastest, so that good choices can be told from the first and from taking
 * turns. Not thread-safe.
 */
final class Deployment implements AutoCloseable {
    static final NodeId CLIENT = NodeId.of(1);
    static final NodeId DISPATCHER = NodeId.of(2);
    static final List<NodeId> WORKERS = List.of(NodeId.of(11), NodeId.of(12), NodeId.of(13));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ResolverSettings PREDICTED =
            ResolverSettings.predicted(Objective.minimize("totalWork", Duration.ofMillis(200)));

    private final Addresses addresses = new Addresses();
    private final SortedMap<NodeId, ForesailNode> nodes = new TreeMap<>();
    private final long seed;

    private Deployment(long seed) {
        this.seed = seed;
    }

    /** Starts the nodes and waits until the dispatcher knows its workers: with one only, there would be no choice. */
    static Deployment start(long seed) {
        Deployment deployment = new Deployment(seed);
        try {
            deployment.boot(DISPATCHER);
            deployment.boot(CLIENT);
            for (int index = 0; index < WORKERS.size(); index++) {
                NodeId worker = WORKERS.get(index);
                deployment.boot(worker);
                deployment
                        .node(worker)
                        .call("enlist", DISPATCHER, WORKERS.size() - index)
                        .join();
            }
            deployment.awaitWorkers();
            return deployment;
        } catch (RuntimeException failure) {
            deployment.close();
            throw failure;
        }
    }

    private void boot(NodeId id) {
        NodeConfiguration configuration = NodeConfiguration.of(
                        "dispatching", id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .resolver(PREDICTED)
                .build();
        ForesailNode node = ForesailNode.start(configuration, new DispatchingMachine(), surroundings(id));
        nodes.put(id, node);
        addresses.put(id, node.address());
    }

    private void awaitWorkers() {
        long deadlineNanos = RealClock.nanos() + PATIENCE.toNanos();
        while (enlisted() < WORKERS.size()) {
            if (RealClock.nanos() > deadlineNanos) {
                throw new IllegalStateException("only " + enlisted() + " workers have enlisted in " + PATIENCE);
            }
        }
    }

    /** Each question is a task on the dispatcher's loop, so asking over and over leaves it time to work. */
    private int enlisted() {
        Object state = node(DISPATCHER).snapshotState().join();
        return ((Dispatching) state).workers.size();
    }

    private LiveSurroundings surroundings(NodeId id) {
        return new LiveSurroundings(
                RealClock::nanos,
                RealClock::epochMillis,
                addresses,
                LinkConditions.NONE,
                TransportSettings.DEFAULT,
                Optional.empty(),
                LiveSurroundings.knowledgeOf(id, seed),
                seed,
                seed);
    }

    /** @throws IllegalArgumentException when there is no such node */
    ForesailNode node(NodeId id) {
        ForesailNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + id);
        }
        return node;
    }

    SortedMap<NodeId, ForesailNode> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** The client goes first, so that nobody is told of lost connections while tasks are on their way. */
    @Override
    public void close() {
        nodes.values().forEach(ForesailNode::kill);
    }

    /** Where the nodes are, known once they listen. */
    private static final class Addresses implements AddressBook {
        private final Map<NodeId, InetSocketAddress> known = new ConcurrentHashMap<>();

        void put(NodeId node, InetSocketAddress address) {
            known.put(node, address);
        }

        @Override
        public boolean knows(NodeId node) {
            return node.equals(CLIENT) || node.equals(DISPATCHER) || WORKERS.contains(node);
        }

        @Override
        public Optional<InetSocketAddress> addressOf(NodeId node) {
            return Optional.ofNullable(known.get(node));
        }
    }
}
