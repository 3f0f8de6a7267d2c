package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A protocol and the network that it runs on, of any size. Immutable.
 *
 * @param given the protocol's configuration values that are not its defaults, as text by name
 */
public record SimulatedSystem<S>(
        Machine<S> machine, SortedMap<String, String> given, Hosting<S> hosting, Network network) {
    private static final String NODES = "nodes";

    public SimulatedSystem {
        given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    }

    /** The links of as many nodes as one likes. */
    @FunctionalInterface
    public interface Network {
        /** @throws RuntimeException when it cannot have so many nodes */
        Topology of(int nodes, long seed);
    }

    /**
     * The protocol's configuration values; a whole number called {@code nodes} that is not given is the number of nodes.
     *
     * @throws IllegalArgumentException when a value is missing or does not fit
     */
    List<Object> parameters(int nodes) {
        Map<String, String> texts = new TreeMap<>(given);
        if (machine.parameters().stream().anyMatch(SimulatedSystem::isNodes)) {
            texts.putIfAbsent(NODES, Integer.toString(nodes));
        }
        return ParameterValues.read(machine.parameters(), texts);
    }

    private static boolean isNodes(ParameterDescription parameter) {
        return parameter.name().equals(NODES) && parameter.type() == Integer.class;
    }
}
