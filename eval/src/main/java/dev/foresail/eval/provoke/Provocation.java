package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.scenario.Scenario;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * A known bug and the scenario that leads a deployment into it. Immutable.
 *
 * @param bug such as {@code RT-1}
 * @param property what it violates
 * @param settings the values of the scenario's parameters
 * @param leastNodes on how few nodes the scenario can be played
 * @param parameters the protocol's, but for {@code bug}
 * @param topologies the links between so many nodes
 * @param <S> the protocol's state
 */
public record Provocation<S>(
        String bug,
        String property,
        Machine<S> machine,
        Scenario scenario,
        List<Object> settings,
        int leastNodes,
        SortedMap<String, String> parameters,
        IntFunction<Topology> topologies) {
    /** What the parameter {@code bug} says of the mended protocol. */
    public static final String MENDED = "none";

    public Provocation {
        settings = List.copyOf(settings);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** The protocol's parameters. */
    List<Object> values(boolean mended) {
        Map<String, String> texts = new TreeMap<>(parameters);
        texts.put("bug", mended ? MENDED : bug);
        return ParameterValues.read(machine.parameters(), texts);
    }

    static List<NodeId> ids(int nodes) {
        return LongStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList();
    }
}
