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

/** Delays as the world draws them, at one moment, and how slow nodes are. For one thread. */
final class TrueDelays implements LinkDelays {
    /** What the simulator takes a message to weigh. */
    private static final long MESSAGE_BYTES = 200;

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
        this.sampler = new LinkSampler(topology);
        this.atNanos = atNanos;
        nodes.forEach(node -> endpoints.put(node, endpoints.size()));
    }

    @Override
    public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
        return sampler.deliveryNanos(endpoint(from), endpoint(to), MESSAGE_BYTES, atNanos, random);
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
