package dev.foresail.steering.config;

import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.VaryingTopology;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation's network is to be like besides its latencies. Immutable.
 *
 * @param changes how links change; the node with the id i is endpoint i - 1
 * @param mentioned the nodes that {@code changes} name, with where in the file
 */
public record TopologySettings(List<LinkChange> changes, SortedMap<Integer, String> mentioned) {
    /** Nothing changes. */
    public static final TopologySettings NONE = new TopologySettings(List.of(), new TreeMap<>());

    public TopologySettings {
        changes = List.copyOf(changes);
        mentioned = Collections.unmodifiableSortedMap(new TreeMap<>(mentioned));
    }

    /**
     * The network as it is to be.
     *
     * @param nodes how many nodes the simulation has, with the ids 1 to this
     * @throws ConfigurationException FS373 when a node is named that the simulation does not have
     */
    public Topology over(Topology plain, int nodes) {
        SortedMap<Integer, String> tooMany = mentioned.tailMap(nodes + 1);
        if (!tooMany.isEmpty()) {
            throw new ConfigurationException(tooMany.entrySet().stream()
                    .map(entry -> new Problem(
                            entry.getValue(),
                            "FS373",
                            "there is no node " + entry.getKey() + ": the simulation has the nodes 1 to " + nodes))
                    .toList());
        }
        return changes.isEmpty() ? plain : new VaryingTopology(plain, changes);
    }
}
