package dev.foresail.network.model;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.topology.Topology;

/** Knows a topology exactly; endpoints are its indices. Immutable and thread-safe. */
public final class TopologyNetworkModel implements NetworkModel<Integer> {
    private final Topology topology;

    public TopologyNetworkModel(Topology topology) {
        this.topology = topology;
    }

    @Override
    public Figure latencyNanos(Integer from, Integer to, long nowNanos) {
        return Figure.exact((double) topology.latencyNanos(from, to));
    }

    @Override
    public Figure bandwidthBytesPerSecond(Integer from, Integer to, long nowNanos) {
        return Figure.exact(topology.bandwidthBytesPerSecond(from, to));
    }

    @Override
    public Figure lossProbability(Integer from, Integer to, long nowNanos) {
        return Figure.exact(topology.lossProbability(from, to));
    }
}
