package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a world begins. Nodes without a state of their own are created and started ({@link Event.Start}) in the order of
 * their ids, then the calls are made in their order; choices met meanwhile give several worlds. Being described it is
 * changed by one thread; after that it is only read.
 *
 * @param <S> the protocol's state
 */
public final class InitialWorld<S> {
    private final SortedMap<NodeId, NodeImage<S>> images = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<InFlight> inFlight = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private final SortedMap<NodeId, SortedMap<String, Long>> timersLeft = new TreeMap<>();

    /** A node that is under way already. */
    public record NodeImage<S>(S state, List<String> timers, List<Event.Delivery> deferred) {
        public NodeImage {
            timers = List.copyOf(timers);
            deferred = List.copyOf(deferred);
        }
    }

    /** What the application asks for at the beginning. */
    public record Call(NodeId node, Event.Call call) {}

    /** A message in flight. */
    public record InFlight(NodeId from, NodeId to, Object message) {}

    /** {@code node} has not noticed yet that its connection to {@code peer} is broken. */
    public record Broken(NodeId node, NodeId peer) {}

    /** The node is in {@code state} with these timers armed, and is not started. */
    public InitialWorld<S> state(NodeId node, S state, String... timers) {
        images.put(node, new NodeImage<>(state, List.of(timers), List.of()));
        return this;
    }

    /** As {@link #state}, with all there is to a node. */
    public InitialWorld<S> image(NodeId node, NodeImage<S> image) {
        images.put(node, image);
        return this;
    }

    public InitialWorld<S> call(NodeId node, String name, Object... arguments) {
        calls.add(new Call(node, new Event.Call(name, List.of(arguments))));
        return this;
    }

    /**
     * Messages of one sender to one receiver are in flight in the order in which they are named. The sender may be a node
     * that the model does not have; a message to such a node goes nowhere.
     */
    public InitialWorld<S> inFlight(NodeId from, NodeId to, Object message) {
        inFlight.add(new InFlight(from, to, message));
        return this;
    }

    /** The node's connection to the peer is broken, which it has not noticed yet; the model has both. */
    public InitialWorld<S> broken(NodeId node, NodeId peer) {
        broken.add(new Broken(node, peer));
        return this;
    }

    /** Checks the calls, FS106, and parts them from whoever described them. */
    void freezeCalls(Machine<S> machine) {
        calls.replaceAll(each -> new Call(
                each.node(),
                EventRules.call(machine, each.call().name(), each.call().arguments())));
    }

    /**
     * The armed timer of a node with a state of its own is due in at most {@code nanos}, counted from the moment at which
     * the world begins. Asked for only in models with {@linkplain SystemModel.Builder#timed bounds on time}, in which a
     * timer of which nothing is said may fire at any time.
     */
    public InitialWorld<S> timerLeft(NodeId node, String timer, long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException(
                    "the time left of timer '" + timer + "' is at least 0 ns, not " + nanos + " ns");
        }
        timersLeft.computeIfAbsent(node, added -> new TreeMap<>()).put(timer, nanos);
        return this;
    }

    /** At most how long it is until the timer is due, in nanoseconds; empty when that is not known. */
    public Optional<Long> timerLeft(NodeId node, String timer) {
        return Optional.ofNullable(
                timersLeft.getOrDefault(node, Collections.emptySortedMap()).get(timer));
    }

    public SortedMap<NodeId, NodeImage<S>> images() {
        return Collections.unmodifiableSortedMap(images);
    }

    public List<Call> calls() {
        return Collections.unmodifiableList(calls);
    }

    public List<InFlight> inFlight() {
        return Collections.unmodifiableList(inFlight);
    }

    public List<Broken> broken() {
        return Collections.unmodifiableList(broken);
    }
}
