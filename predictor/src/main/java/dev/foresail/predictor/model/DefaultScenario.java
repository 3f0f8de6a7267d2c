package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final String ANY_LATENCY = "any";

    private static final List<ParameterDescription> OWN = List.of(
            count("nodes", 3),
            new ParameterDescription("network", String.class, Optional.of(word(Network.ORDERED))),
            count("crashes", 0),
            new ParameterDescription("restarts", Boolean.class, Optional.of("false")),
            count("resets", 0),
            count("losses", 0),
            count("breaks", 0),
            count("calls", 1),
            new ParameterDescription("latency", String.class, Optional.of(ANY_LATENCY)),
            new ParameterDescription("timerSlack", Duration.class, Optional.of("10ms")),
            new ParameterDescription("timeUnit", Duration.class, Optional.of("1ms")));

    private final Machine<S> machine;
    private final List<ParameterDescription> parameters = new ArrayList<>(OWN);

    /** @param machine the protocol that it is for */
    public DefaultScenario(Machine<S> machine) {
        this.machine = machine;
        List<String> taken = OWN.stream().map(ParameterDescription::name).toList();
        machine.parameters().stream()
                .filter(parameter -> !taken.contains(parameter.name()))
                .forEach(parameters::add);
    }

    private static ParameterDescription count(String name, int value) {
        return new ParameterDescription(name, Integer.class, Optional.of(Integer.toString(value)));
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
     * timers fire ({@code timerSlack}) and in which {@code timeUnit} that is counted; then the protocol's own.
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
        Network network = network((String) parameterValues.get(1));
        int nodes = atLeast(1, values, "nodes");
        Map<String, Object> ofNodes = new LinkedHashMap<>(values);
        OWN.forEach(own -> ofNodes.remove(own.name()));
        for (int number = 1; number <= nodes; number++) {
            model.node(NodeId.of(number), ofNodes);
        }
        model.network(network).failures(failures(values, network));
        String latency = (String) values.getOrDefault("latency", ANY_LATENCY);
        if (!latency.equals(ANY_LATENCY)) {
            model.timed(
                    bounds(latency).withTimerSlack(nanos(values, "timerSlack")).withUnit(nanos(values, "timeUnit")));
        }
        int times = atLeast(0, values, "calls");
        if (times > 0) {
            offerCalls(model, nodes, times);
        }
    }

    private static Latencies bounds(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length != 2) {
            throw notBounds(text);
        }
        try {
            return Latencies.between(
                    ParameterValues.duration(ends[0]).toNanos(),
                    ParameterValues.duration(ends[1]).toNanos());
        } catch (IllegalArgumentException wrong) {
            throw notBounds(text);
        }
    }

    private static IllegalArgumentException notBounds(String text) {
        return new IllegalArgumentException("latency is '" + ANY_LATENCY
                + "', or the shortest and the longest time that a message takes, such as 1ms..80ms, not '" + text
                + "'");
    }

    private static long nanos(Map<String, Object> values, String name) {
        return ((Duration) values.getOrDefault(name, Duration.ZERO)).toNanos();
    }

    private static Failures failures(Map<String, Object> values, Network network) {
        int losses = atLeast(0, values, "losses");
        int breaks = atLeast(0, values, "breaks");
        if (losses > 0 && network == Network.ORDERED) {
            throw new IllegalArgumentException(
                    "with network=ordered no single message is lost: set breaks, or network=unordered");
        }
        if (breaks > 0 && network != Network.ORDERED) {
            throw new IllegalArgumentException(
                    "only with network=ordered there are connections that break: set losses");
        }
        Failures failures = Failures.NONE
                .withCrashes(atLeast(0, values, "crashes"))
                .withSilentResets(atLeast(0, values, "resets"))
                .withLosses(losses)
                .withBreaks(breaks);
        return Boolean.TRUE.equals(values.get("restarts")) ? failures.withRestarts() : failures;
    }

    private void offerCalls(SystemModel.Builder<S> model, int nodes, int times) {
        for (CallDescription call : machine.calls()) {
            for (int number = 1; number <= nodes; number++) {
                if (call.parameters().isEmpty()) {
                    model.offer(times, NodeId.of(number), call.name());
                } else if (takesOneNode(call)) {
                    offerWithEachOther(model, nodes, times, number, call);
                }
            }
        }
    }

    private void offerWithEachOther(
            SystemModel.Builder<S> model, int nodes, int times, int number, CallDescription call) {
        for (int other = 1; other <= nodes; other++) {
            if (other != number) {
                model.offer(times, NodeId.of(number), call.name(), NodeId.of(other));
            }
        }
    }

    /** The calls that it does not offer, because they take more than one other node. */
    public List<String> notOffered() {
        return machine.calls().stream()
                .filter(call -> !call.parameters().isEmpty() && !takesOneNode(call))
                .map(CallDescription::name)
                .toList();
    }

    private static boolean takesOneNode(CallDescription call) {
        return call.parameters().size() == 1 && call.parameters().get(0).type() == NodeId.class;
    }

    private static Network network(String text) {
        for (Network network : Network.values()) {
            if (word(network).equals(text)) {
                return network;
            }
        }
        throw new IllegalArgumentException("network is ordered, unordered or duplicating, not '" + text + "'");
    }

    private static String word(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }

    private static int atLeast(int least, Map<String, Object> values, String name) {
        int value = (Integer) values.getOrDefault(name, least);
        if (value < least) {
            throw new IllegalArgumentException(name + " is a whole number of at least " + least + ", not " + value);
        }
        return value;
    }
}
