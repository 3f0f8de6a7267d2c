package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.control.SteeringMode;
import java.util.List;

/**
 * A system that is deployed on one machine.
 *
 * @param parameters the protocol's configuration values
 * @param nodes the nodes; the first is endpoint 0 of the topology, and so on
 * @param topology what the links between them emulate; where it changes or fails with time, since the scenario's beginning
 * @param seed of the nodes' draws, the links' losses and jitter, the scenario
 * @param lookAheadSeed of the nodes' predictions and fallback policies
 * @param predictionThreads how many threads make the predictions of all nodes, at least 1
 * @param steering what the nodes do about events that would violate a safety property
 */
public record LiveStageSettings<S>(
        Machine<S> machine,
        List<Object> parameters,
        List<NodeId> nodes,
        Topology topology,
        long seed,
        long lookAheadSeed,
        ResolverSettings resolver,
        NodeSettings node,
        int predictionThreads,
        SteeringMode steering) {
    public LiveStageSettings {
        parameters = List.copyOf(parameters);
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > topology.size()) {
            throw new IllegalArgumentException(
                    nodes.size() + " nodes do not fit on a topology of " + topology.size() + " endpoints");
        }
    }
}
