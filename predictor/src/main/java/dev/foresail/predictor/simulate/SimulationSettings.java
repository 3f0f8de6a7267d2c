package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;

/**
 * What a simulation is made of.
 *
 * @param nodes the system's nodes; the i-th is endpoint i of the topology
 * @param parameters the protocol's configuration values
 * @param seed of the world: delays, losses, the nodes' own draws, the scenario
 * @param lookAheadSeed of the nodes' predictions and fallback policies
 * @param predictionCost the virtual time that one roll-out takes on a node's prediction thread: prediction is not free
 */
public record SimulationSettings<S>(
        Machine<S> machine,
        List<Object> parameters,
        List<NodeId> nodes,
        Topology topology,
        long seed,
        long lookAheadSeed,
        NodeSettings node,
        Duration predictionCost) {
    /**
     * What a roll-out of a RandTree neighbourhood takes on a live node that has just started, in tens of microseconds; warm
     * it takes a few. Erring on the slow side, predictions in the simulator never come earlier than on a live node.
     */
    public static final Duration DEFAULT_PREDICTION_COST = Duration.ofNanos(50_000);

    /**
     * What a world of a search costs: several times what one takes on a warm thread of its own, as predictions have only a
     * share of a processor.
     */
    private static final long WORLD_COST_NANOS = 10_000;

    public SimulationSettings {
        parameters = List.copyOf(parameters);
        nodes = nodes instanceof NodeRange ? nodes : List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > topology.size()) {
            throw new IllegalArgumentException(
                    nodes.size() + " nodes do not fit on a topology of " + topology.size() + " endpoints");
        }
    }

    /** The virtual time that a prediction takes on a node's prediction thread. */
    long costNanos(Prediction prediction) {
        return predictionCost.toNanos() * prediction.rollOuts() + WORLD_COST_NANOS * prediction.worlds();
    }
}
