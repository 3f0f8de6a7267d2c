package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The scenario of a protocol that brings none: nodes that are all alike, every call that needs no more than the name of
 * another node, and failures by the numbers that are given. The protocol's own parameters are parameters of the scenario
 * too, with one value for all nodes.
 *
 * @param <S> the protocol's state
 */
public final class DefaultScenario<S> implements ExplorationScenario<S> {
    public static final String NAME = "default";

    private static final ParameterDescription NODES =
            new ParameterDescription("nodes", Integer.class, Optional.of("3"));
    private static final int CALLS = 1;

    private final Machine<S> machine;
    private final Surroundings<S> surroundings;
    private final List<ParameterDescription> parameters = new ArrayList<>();
    private final Map<String, String> settingsOfNodes = new LinkedHashMap<>();

    /** @param machine the protocol that it is for */
    public DefaultScenario(Machine<S> machine) {
        this.machine = machine;
        this.surroundings = new Surroundings<>(machine, CALLS);
        parameters.add(NODES);
        parameters.addAll(surroundings.parameters());
        List<String> taken = parameters.stream().map(ParameterDescription::name).toList();
        for (ParameterDescription own : machine.parameters()) {
            String setting = taken.contains(own.name()) ? machine.protocol() + "." + own.name() : own.name();
            settingsOfNodes.put(own.name(), setting);
            parameters.add(new ParameterDescription(setting, own.type(), own.defaultText()));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String protocol() {
        return machine.protocol();
    }

    /**
     * {@code nodes} (1 or more), {@code network} (ordered, unordered, duplicating), how many {@code crashes}, silent
     * {@code resets}, {@code losses} and {@code breaks} of connections there may be on one path, whether crashed nodes may
     * have {@code restarts}, how often each of the {@code calls} may be made at each node, between which bounds the
     * {@code latency} of messages is (such as 1ms..80ms; any: orders of events are not pruned by time), at most how late
     * timers fire ({@code timerSlack}) and in which {@code timeUnit} that is counted; then the protocol's own. One of these that has a name from above goes
     * by the protocol's before it, such as {@code gossip.nodes}.
     */
    @Override
    public List<ParameterDescription> parameters() {
        return List.copyOf(parameters);
    }

    /** @throws IllegalArgumentException when a value is out of its range, or a failure does not go with the network */
    @Override
    public void describe(SystemModel.Builder<S> model, List<Object> parameterValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int index = 0; index < parameters.size(); index++) {
            values.put(parameters.get(index).name(), parameterValues.get(index));
        }
        int count = Surroundings.atLeast(1, values, NODES.name());
        Map<String, Object> ofNodes = new LinkedHashMap<>();
        settingsOfNodes.forEach((name, setting) -> ofNodes.put(name, Objects.requireNonNull(values.get(setting))));
        List<NodeId> nodes = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            nodes.add(NodeId.of(number));
            model.node(NodeId.of(number), ofNodes);
        }
        surroundings.describe(model, nodes, values);
    }

    /** The calls that it does not offer, because they take more than one other node. */
    public List<String> notOffered() {
        return surroundings.notOffered();
    }
}
