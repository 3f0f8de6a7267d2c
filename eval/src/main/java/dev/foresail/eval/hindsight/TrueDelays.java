package dev.foresail.eval.hindsight;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.lookahead.LinkDelays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/** Delays and transfers as the world has them, at one moment, and how slow nodes are. For one thread. */
final class TrueDelays implements LinkDelays {
    /** What the simulator takes a message to weigh. */
    private static final long MESSAGE_BYTES = 200;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Topology topology;
    private final LinkSampler sampler;
    private final Map<NodeId, Integer> endpoints = new HashMap<>();
    private final long atNanos;
    private final ToLongFunction<NodeId> serviceNanos;

    /**
     * @param nodes the i-th is endpoint i
     * @param serviceNanos how long every event takes a node
     */
    TrueDelays(Topology topology, List<NodeId> nodes, long atNanos, ToLongFunction<NodeId> serviceNanos) {
        this.serviceNanos = serviceNanos;
        this.topology = topology;
        this.sampler = new LinkSampler(topology);
        this.atNanos = atNanos;
        nodes.forEach(node -> endpoints.put(node, endpoints.size()));
    }

    @Override
    public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
        long bytes = topology.hasQueues() ? 0 : MESSAGE_BYTES;
        return sampler.deliveryNanos(endpoint(from), endpoint(to), bytes, atNanos, random);
    }

    @Override
    public long transferNanos(NodeId from, NodeId to, long bytes, RandomGenerator random) {
        if (!topology.hasQueues() || from.equals(to)) {
            return 0;
        }
        double link = topology.bandwidthBytesPerSecond(endpoint(from), endpoint(to), atNanos);
        return nanos(bytes, StrictMath.min(link, topology.downlinkBytesPerSecond(endpoint(to), atNanos)));
    }

    @Override
    public long uplinkNanos(NodeId node, long bytes) {
        return topology.hasQueues() ? nanos(bytes, topology.uplinkBytesPerSecond(endpoint(node), atNanos)) : 0;
    }

    private static long nanos(long bytes, double bytesPerSecond) {
        return (long) (bytes / bytesPerSecond * NANOS_PER_SECOND);
    }

    @Override
    public long serviceNanos(NodeId node) {
        return serviceNanos.applyAsLong(node);
    }

    private int endpoint(NodeId node) {
        Integer endpoint = endpoints.get(node);
        if (endpoint == null) {
            throw new IllegalArgumentException(node + " is no node of the system");
        }
        return endpoint;
    }
}
