package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What any protocol's nodes may meet, by numbers: the kind of network, failures, and every call that needs no more than the
 * name of another node. Immutable.
 *
 * @param <S> the protocol's state
 */
public final class Surroundings<S> {
    private static final String ANY_LATENCY = "any";

    private final Machine<S> machine;
    private final List<ParameterDescription> parameters;

    /** @param calls how often each call may be made at each node, when nothing else is said */
    public Surroundings(Machine<S> machine, int calls) {
        this.machine = machine;
        this.parameters = List.of(
                new ParameterDescription("network", String.class, Optional.of(word(Network.ORDERED))),
                count("crashes", 0),
                new ParameterDescription("restarts", Boolean.class, Optional.of("false")),
                count("resets", 0),
                count("losses", 0),
                count("breaks", 0),
                count("calls", calls),
                new ParameterDescription("latency", String.class, Optional.of(ANY_LATENCY)),
                new ParameterDescription("timerSlack", Duration.class, Optional.of("10ms")),
                new ParameterDescription("timeUnit", Duration.class, Optional.of("1ms")));
    }

    private static ParameterDescription count(String name, int value) {
        return new ParameterDescription(name, Integer.class, Optional.of(Integer.toString(value)));
    }

    /**
     * {@code network} (ordered, unordered, duplicating), how many {@code crashes}, silent {@code resets}, {@code losses} and
     * {@code breaks} of connections there may be on one path, whether crashed nodes may have {@code restarts}, and how often
     * each of the {@code calls} may be made at each node; the shortest and the longest {@code latency} (or any), how late a
     * timer may fire ({@code timerSlack}) and the {@code timeUnit} to which times are rounded.
     */
    public List<ParameterDescription> parameters() {
        return parameters;
    }

    /**
     * Describes them.
     *
     * @param nodes those of the model
     * @param values of {@link #parameters}, by name
     * @throws IllegalArgumentException when a value is out of its range, or a failure does not go with the network
     */
    public void describe(SystemModel.Builder<S> model, List<NodeId> nodes, Map<String, Object> values) {
        Network network = network(String.valueOf(values.get("network")));
        model.network(network).failures(failures(values, network));
        String latency = String.valueOf(values.getOrDefault("latency", ANY_LATENCY));
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

    private Failures failures(Map<String, Object> values, Network network) {
        int losses = atLeast(0, values, "losses");
        int breaks = atLeast(0, values, "breaks");
        if (losses > 0 && network == Network.ORDERED && !machine.sendsDatagrams()) {
            throw new IllegalArgumentException("with network=ordered no single message is lost but datagrams, and '"
                    + machine.protocol() + "' has none: set breaks, or network=unordered");
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

    private void offerCalls(SystemModel.Builder<S> model, List<NodeId> nodes, int times) {
        for (CallDescription call : machine.calls()) {
            for (NodeId node : nodes) {
                if (call.parameters().isEmpty()) {
                    model.offer(times, node, call.name());
                } else if (takesOneNode(call)) {
                    nodes.stream()
                            .filter(other -> !other.equals(node))
                            .forEach(other -> model.offer(times, node, call.name(), other));
                }
            }
        }
    }

    /** The calls that are not offered, because they take more than one other node. */
    public List<String> notOffered() {
        List<String> notOffered = new ArrayList<>();
        for (CallDescription call : machine.calls()) {
            if (!call.parameters().isEmpty() && !takesOneNode(call)) {
                notOffered.add(call.name());
            }
        }
        return notOffered;
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

    static int atLeast(int least, Map<String, Object> values, String name) {
        int value = (Integer) values.getOrDefault(name, least);
        if (value < least) {
            throw new IllegalArgumentException(name + " is a whole number of at least " + least + ", not " + value);
        }
        return value;
    }
}
