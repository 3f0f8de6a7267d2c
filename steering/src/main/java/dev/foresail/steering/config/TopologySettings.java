package dev.foresail.steering.config;

import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.LinkClass;
import dev.foresail.network.topology.Loss;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.VaryingTopology;
import dev.foresail.predictor.text.Nearest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation's network is to be like besides its latencies. Immutable.
 *
 * @param links how steady its links are; else as the network itself says
 * @param loss what is lost; else as the class of the links, or the network itself, says
 * @param changes how links change; the node with the id i is endpoint i - 1
 * @param mentioned the nodes that {@code changes} name, with where in the file
 */
public record TopologySettings(
        Optional<LinkClass> links,
        Optional<Loss> loss,
        List<LinkChange> changes,
        SortedMap<Integer, String> mentioned) {
    /** The network itself. */
    public static final TopologySettings NONE =
            new TopologySettings(Optional.empty(), Optional.empty(), List.of(), new TreeMap<>());

    public TopologySettings {
        changes = List.copyOf(changes);
        mentioned = Collections.unmodifiableSortedMap(new TreeMap<>(mentioned));
    }

    /**
     * The same with the links of a class.
     *
     * @throws ConfigurationException FS374 when there is no such class
     */
    public TopologySettings withLinks(String name) {
        LinkClass found = LinkClass.named(name)
                .orElseThrow(() -> new ConfigurationException("FS374", "--links: " + noClass(name)));
        return new TopologySettings(Optional.of(found), loss, changes, mentioned);
    }

    static String noClass(String name) {
        List<String> known = LinkClass.KNOWN.stream().map(LinkClass::name).toList();
        return "no class of links is named '" + name + "'" + Nearest.hint(name, known);
    }

    /**
     * Refuses nodes that there are not.
     *
     * @param nodes how many nodes the simulation has, with the ids 1 to this
     * @throws ConfigurationException FS373 when a node is named that the simulation does not have
     */
    public void check(int nodes) {
        SortedMap<Integer, String> tooMany = mentioned.tailMap(nodes + 1);
        if (!tooMany.isEmpty()) {
            throw new ConfigurationException(tooMany.entrySet().stream()
                    .map(entry -> new Problem(
                            entry.getValue(),
                            "FS373",
                            "there is no node " + entry.getKey() + ": the simulation has the nodes 1 to " + nodes))
                    .toList());
        }
    }

    /** The network as it is to be. */
    public Topology over(Topology plain, long seed) {
        Topology network = links.map(chosen -> chosen.over(plain, seed)).orElse(plain);
        Topology lossy = loss.map(chosen -> chosen.over(network)).orElse(network);
        return changes.isEmpty() ? lossy : new VaryingTopology(lossy, changes);
    }
}
