package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LiveSurroundings;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.AddressBook;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Live nodes of one protocol on the loopback address, closed together. Not thread-safe. */
public final class LiveNodes<S> implements AutoCloseable {
    private final Setting<S> setting;
    private final Addresses addresses;
    private final SortedMap<NodeId, ForesailNode> nodes = new TreeMap<>();

    /** What the nodes have in common. */
    public record Setting<S>(
            Machine<S> machine,
            Map<String, String> parameters,
            ResolverSettings resolver,
            SteeringMode steering,
            long seed) {}

    /** @param ids the nodes that may be started */
    public LiveNodes(Setting<S> setting, Collection<NodeId> ids) {
        this.setting = setting;
        this.addresses = new Addresses(ids);
    }

    /** Starts a node; waits until it listens. */
    public void start(NodeId id, LinkConditions conditions) {
        NodeConfiguration configuration = NodeConfiguration.of(
                        setting.machine().protocol(), id, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .parameters(new TreeMap<>(setting.parameters()))
                .resolver(setting.resolver())
                .steering(SteeringSettings.of(setting.steering()))
                .build();
        LiveSurroundings surroundings = new LiveSurroundings(
                RealClock::nanos,
                RealClock::epochMillis,
                addresses,
                conditions,
                TransportSettings.DEFAULT,
                Optional.empty(),
                LiveSurroundings.knowledgeOf(id, setting.seed()),
                setting.seed(),
                setting.seed());
        ForesailNode node = ForesailNode.start(configuration, setting.machine(), surroundings);
        nodes.put(id, node);
        addresses.known.put(id, node.address());
    }

    /** @throws IllegalArgumentException when it was not started */
    public ForesailNode node(NodeId id) {
        ForesailNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + id);
        }
        return node;
    }

    /** The nodes that were started. */
    public SortedMap<NodeId, ForesailNode> all() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** A copy of the node's state; waits for it. */
    public S state(NodeId id) {
        return setting.machine().stateType().cast(node(id).snapshotState().join());
    }

    /** Kills them. */
    @Override
    public void close() {
        nodes.values().forEach(ForesailNode::kill);
    }

    /** Where the nodes are, known once they listen. */
    private static final class Addresses implements AddressBook {
        private final SortedSet<NodeId> ids;
        private final Map<NodeId, InetSocketAddress> known = new ConcurrentHashMap<>();

        Addresses(Collection<NodeId> ids) {
            this.ids = new TreeSet<>(ids);
        }

        @Override
        public boolean knows(NodeId node) {
            return ids.contains(node);
        }

        @Override
        public Optional<InetSocketAddress> addressOf(NodeId node) {
            return Optional.ofNullable(known.get(node));
        }
    }
}
