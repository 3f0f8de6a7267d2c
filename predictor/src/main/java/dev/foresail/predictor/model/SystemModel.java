package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is explored: the nodes, the network, what the application may ask for, which failures may happen, and the initial
 * worlds. Immutable.
 *
 * <p>A world is, per node: up or down, the state, the set of armed timers, the deferred messages in order, the messages in
 * flight to it, the peers to which its connection is broken without its having noticed, how often each offer is left;
 * and for all together the failures left and the history. There is no time: a handler that asks for it always gets
 * {@link #nowNanos}, and one that asks for an aggregate what its state says together with {@link #channels}: like the time
 * an input that was recorded at the beginning and stays as it was, whatever is exported or handed over in the world. With
 * {@linkplain Builder#timed bounds on time} a world has besides what is known of when its pending events can happen, and an
 * event that by these bounds cannot be the next one does not happen.
 *
 * <p>In a world the following can happen, each to a node that is up unless said:
 * <ul>
 *   <li>a delivery: with {@link Network#ORDERED} of the head of each sender's queue and of each different {@linkplain
 *       dev.foresail.choice.Datagram datagram}, with {@code UNORDERED} of each
 *       different message, which is taken away, with {@code DUPLICATING} of each message, which stays. A node that is down
 *       takes the head of a queue without effect, except that its sender, if it is up, {@linkplain Failures#refusals may
 *       be told} of a broken connection; with the other networks nothing is delivered to it, and datagrams never are;
 *   <li>a connection error for each broken connection, which is broken no more;
 *   <li>an armed timer fires, and is armed no more when its handler begins;
 *   <li>an offered call, when some handler of it is enabled;
 *   <li>failures, as far as their budgets go. A crash leaves a node down, with its durable fields (or none), no timers, no
 *       deferred messages. A restart handles {@link Event.Restart}, or {@link Event.Start} where nothing durable is kept.
 *       A silent reset creates the node anew and handles {@code Start}. A crash and a silent reset take, with {@code
 *       ORDERED}, everything in flight from and to the node with them that is no datagram, and the connections of every other node that is up
 *       and connected to it break. A
 *       break takes what is in flight between two nodes that are up and of which one is connected to the other, datagrams apart, and breaks
 *       both ends. A loss takes one message away that is in no queue.
 * </ul>
 * Node a is connected to b when {@code Neighbours} of a's state has b; in a protocol that does not say, every node is
 * connected to every other.
 *
 * <p>An event runs as everywhere ({@link EventRules}): alternatives are branched on, so are {@code choose} and
 * {@code random}; deferred messages that the step makes ready are handled in the same step. What has no enabled handler is
 * treated as the protocol declares, or, where the model says so, stays pending and gives no step. A handler that throws
 * ends the path: it is a violation of {@value #HANDLER_THREW}. Messages to nodes that the model does not have go nowhere;
 * what such a stranger has sent before the beginning is delivered as any message is, and a stranger is told of nothing.
 * Where the model has {@link Answers}, a message to one of their nodes puts an answer in flight to its sender: which one, of
 * several, is decided after the handler that has sent it, for each of its messages in turn. Messages of strangers are then
 * handled only as far as the {@linkplain Failures#answers budget} goes.
 *
 * <p>Starts and calls at the beginning are no offers: one that throws, and a call without an enabled handler, is a
 * violation too, and the worlds in which it happens are none to begin with.
 *
 * @param <S> the protocol's state
 */
public final class SystemModel<S> {
    /** The property that a handler violates by throwing. */
    public static final String HANDLER_THREW = "handler-threw";

    private final Machine<S> machine;
    private final SortedMap<NodeId, List<Object>> nodes;
    private final Network network;
    private final Failures failures;
    private final boolean unhandledStaysPending;
    private final boolean leavesOutSubsets;
    private final List<Offer> offers;
    private final List<InitialWorld<S>> initialWorlds;
    private final List<Predicate<SystemView<S>>> constraints;
    private final Optional<Observed<?>> history;
    private final Optional<Latencies> latencies;
    private final Answers answers;
    private final boolean complete;
    private final long nowNanos;
    private final SortedMap<NodeId, SortedMap<NodeId, ChannelCheckpoint>> channels;

    private SystemModel(Builder<S> builder) {
        this.machine = builder.machine;
        this.nodes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.nodes));
        this.network = builder.network;
        this.failures = builder.failures;
        this.unhandledStaysPending = builder.unhandledStaysPending;
        this.leavesOutSubsets = builder.leavesOutSubsets;
        this.offers = List.copyOf(builder.offers);
        this.initialWorlds =
                builder.initialWorlds.isEmpty() ? List.of(new InitialWorld<>()) : List.copyOf(builder.initialWorlds);
        this.constraints = List.copyOf(builder.constraints);
        this.history = builder.history;
        this.latencies = builder.latencies;
        this.answers = builder.answers;
        this.complete = builder.complete;
        this.nowNanos = builder.nowNanos;
        this.channels = Collections.unmodifiableSortedMap(new TreeMap<>(builder.channels));
    }

    /**
     * A call that the application may make whenever a handler is enabled.
     *
     * @param times how often on one path, {@link Failures#UNLIMITED} for any number
     */
    public record Offer(NodeId node, Event.Call call, int times) {}

    /** A history and the properties that are asked of it. */
    public record Observed<H>(History<H> history, SortedMap<String, Predicate<H>> properties) {}

    public Machine<S> machine() {
        return machine;
    }

    /** The nodes in the order of their ids, each with the values of its parameters. */
    public SortedMap<NodeId, List<Object>> nodes() {
        return nodes;
    }

    public Network network() {
        return network;
    }

    public Failures failures() {
        return failures;
    }

    /** Whether what has no enabled handler stays pending and gives no step, whatever the protocol declares. */
    public boolean unhandledStaysPending() {
        return unhandledStaysPending;
    }

    /** Whether, of a choice of several with too many subsets to try each, some are left out; else the handler fails (FS380). */
    public boolean leavesOutSubsets() {
        return leavesOutSubsets;
    }

    public List<Offer> offers() {
        return offers;
    }

    public List<InitialWorld<S>> initialWorlds() {
        return initialWorlds;
    }

    /** Nodes that the model does not have, but of which something is in flight or deferred at some beginning, or may come. */
    public SortedSet<NodeId> strangers() {
        SortedSet<NodeId> strangers = new TreeSet<>(answers.nodes());
        for (InitialWorld<S> world : initialWorlds) {
            world.inFlight().forEach(message -> strangers.add(message.from()));
            world.images()
                    .values()
                    .forEach(image -> image.deferred().forEach(delivery -> strangers.add(delivery.from())));
        }
        strangers.removeAll(nodes.keySet());
        return Collections.unmodifiableSortedSet(strangers);
    }

    /** A world in which one of them does not hold is cut: it neither counts nor is gone on from. */
    public List<Predicate<SystemView<S>>> constraints() {
        return constraints;
    }

    public Optional<Observed<?>> history() {
        return history;
    }

    /** The bounds on time, where there are any. */
    public Optional<Latencies> latencies() {
        return latencies;
    }

    /** What nodes that the model does not have may answer. */
    public Answers answers() {
        return answers;
    }

    /** Whether a message from that node is handled only as far as the budget of answers goes. */
    public boolean isGuess(NodeId from) {
        return !answers.isEmpty() && !nodes.containsKey(from);
    }

    /** Whether the system has no other nodes: properties of all nodes can be answered. */
    public boolean isComplete() {
        return complete;
    }

    /** The time that handlers read. */
    public long nowNanos() {
        return nowNanos;
    }

    /** What the node knew of its peers at the beginning, by peer; a copy of its own for every caller. */
    public SortedMap<NodeId, Channel> channels(NodeId node) {
        SortedMap<NodeId, Channel> restored = new TreeMap<>();
        channels.getOrDefault(node, Collections.emptySortedMap())
                .forEach((peer, channel) -> restored.put(peer, channel.restore()));
        return restored;
    }

    /**
     * Whether {@code other} differs from this in no more than the initial worlds, the time, and what nodes know of their
     * peers: what a node does in a local state is the same in both, as long as its handlers read nothing of these.
     * Histories and bounds on time are never the same.
     */
    public boolean isSameSystemAs(SystemModel<S> other) {
        return machine.equals(other.machine)
                && nodes.equals(other.nodes)
                && network == other.network
                && failures.equals(other.failures)
                && unhandledStaysPending == other.unhandledStaysPending
                && leavesOutSubsets == other.leavesOutSubsets
                && offers.equals(other.offers)
                && constraints.equals(other.constraints)
                && complete == other.complete
                && answers.equals(other.answers)
                && isWithoutPast()
                && other.isWithoutPast();
    }

    private boolean isWithoutPast() {
        return history.isEmpty() && latencies.isEmpty();
    }

    /** Whether handlers that ask for the time or for aggregates are told the same in both. */
    public boolean isSameMomentAs(SystemModel<S> other) {
        return nowNanos == other.nowNanos && channels.equals(other.channels);
    }

    /**
     * Describes a model of the protocol of {@code machine}. Methods may be called in any order, but nodes come before what
     * names them.
     */
    public static <S> Builder<S> of(Machine<S> machine) {
        return new Builder<>(machine);
    }

    /** Collects a model. Not thread-safe. */
    public static final class Builder<S> {
        private final Machine<S> machine;
        private final SortedMap<NodeId, List<Object>> nodes = new TreeMap<>();
        private Network network = Network.ORDERED;
        private Failures failures = Failures.NONE;
        private boolean unhandledStaysPending;
        private boolean leavesOutSubsets;
        private final List<Offer> offers = new ArrayList<>();
        private final List<InitialWorld<S>> initialWorlds = new ArrayList<>();
        private final List<Predicate<SystemView<S>>> constraints = new ArrayList<>();
        private Optional<Observed<?>> history = Optional.empty();
        private Optional<Latencies> latencies = Optional.empty();
        private Answers answers = Answers.NONE;
        private boolean complete = true;
        private long nowNanos;
        private final SortedMap<NodeId, SortedMap<NodeId, ChannelCheckpoint>> channels = new TreeMap<>();

        private Builder(Machine<S> machine) {
            this.machine = machine;
        }

        public Machine<S> machine() {
            return machine;
        }

        /** Nodes {@code n1} to {@code n<count>} with the defaults of all parameters. */
        public Builder<S> nodes(int count) {
            for (int number = 1; number <= count; number++) {
                node(NodeId.of(number), Map.of());
            }
            return this;
        }

        /**
         * A node whose parameters have these values, the others their defaults.
         *
         * @throws IllegalArgumentException when a parameter is unknown, missing, or its value does not fit
         */
        public Builder<S> node(NodeId id, Map<String, ?> parameterValues) {
            SortedMap<String, String> texts = new TreeMap<>();
            parameterValues.forEach((name, value) -> texts.put(name, ParameterValues.text(value)));
            nodes.put(id, ParameterValues.read(machine.parameters(), texts));
            return this;
        }

        public Builder<S> network(Network chosen) {
            network = chosen;
            return this;
        }

        public Builder<S> failures(Failures chosen) {
            failures = chosen;
            return this;
        }

        /** What has no enabled handler stays pending and gives no step. */
        public Builder<S> unhandledStaysPending() {
            unhandledStaysPending = true;
            return this;
        }

        /** Of a choice of several with too many subsets to try each, some are left out: for looking ahead, which is never complete. */
        public Builder<S> leavingOutSubsets() {
            leavesOutSubsets = true;
            return this;
        }

        /** The application may make the call whenever a handler of it is enabled, any number of times. */
        public Builder<S> offer(NodeId node, String name, Object... arguments) {
            return offer(Failures.UNLIMITED, node, name, arguments);
        }

        /** As {@link #offer(NodeId, String, Object...)}, at most {@code times} times on one path. */
        public Builder<S> offer(int times, NodeId node, String name, Object... arguments) {
            Event.Call call = EventRules.call(machine, name, List.of(arguments));
            offers.add(new Offer(checked(node), call, times));
            return this;
        }

        private NodeId checked(NodeId node) {
            if (!nodes.containsKey(node)) {
                throw new IllegalArgumentException(
                        "the model has no node " + node + "; its nodes are " + nodes.keySet());
            }
            return node;
        }

        /**
         * One way to begin; without any, all nodes are created and started.
         *
         * @throws IllegalArgumentException when it gives a state, a call or a broken connection to a node that the model
         *     does not have
         */
        public Builder<S> initially(Consumer<InitialWorld<S>> description) {
            InitialWorld<S> world = new InitialWorld<>();
            description.accept(world);
            world.images().keySet().forEach(this::checked);
            world.calls().forEach(call -> checked(call.node()));
            world.broken().forEach(broken -> {
                checked(broken.node());
                checked(broken.peer());
            });
            world.freezeCalls(machine);
            world.inFlight().forEach(message -> EventRules.checkSend(machine, message.message()));
            initialWorlds.add(world);
            return this;
        }

        /** Worlds in which {@code holds} is false are cut. */
        public Builder<S> constraint(Predicate<SystemView<S>> holds) {
            int number = constraints.size() + 1;
            constraints.add(view -> GuardedQuestions.isWithin(machine, number, holds, view));
            return this;
        }

        /** Makes {@code history} part of the world, and asks its properties of every world. */
        public <H> Builder<S> history(History<H> watching, Map<String, Predicate<H>> properties) {
            GuardedHistory<H> guarded = new GuardedHistory<>(watching);
            SortedMap<String, Predicate<H>> asked = new TreeMap<>(properties);
            asked.replaceAll(guarded::asking);
            history = Optional.of(new Observed<>(guarded, asked));
            return this;
        }

        /**
         * Leaves out the orders of events that these bounds exclude. What they do not exclude is never left out; some of
         * what they exclude is not left out. Not with {@link Network#DUPLICATING}, nor with {@link
         * #unhandledStaysPending}: there what is pending may never happen.
         */
        public Builder<S> timed(Latencies bounds) {
            latencies = Optional.of(bounds);
            return this;
        }

        /**
         * What nodes that the model does not have may answer; {@link Failures#withAnswers} says how often. Not with bounds on
         * time: nothing is known of when they do.
         */
        public Builder<S> answers(Answers seen) {
            answers = seen;
            return this;
        }

        /** There are nodes that the model does not have: what depends on them is unknown. */
        public Builder<S> incomplete() {
            complete = false;
            return this;
        }

        /** The time that handlers read; else 0. */
        public Builder<S> nowNanos(long time) {
            nowNanos = time;
            return this;
        }

        /** What the node knows of its peers, on which the aggregates that its handlers read rest; else nothing. */
        public Builder<S> channels(NodeId node, Map<NodeId, ChannelCheckpoint> known) {
            channels.put(checked(node), Collections.unmodifiableSortedMap(new TreeMap<>(known)));
            return this;
        }

        /** A new state of the node, before any event. */
        public S create(NodeId node) {
            return machine.create(Objects.requireNonNull(nodes.get(checked(node))));
        }

        /** What refuses its parameters does so here, and not when somebody begins to explore. */
        private void requireCreatable(NodeId node) {
            try {
                create(node);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(node + " cannot be created: " + refused.getMessage(), refused);
            }
        }

        /** The names and types of the protocol's parameters. */
        public List<ParameterDescription> parameters() {
            return machine.parameters();
        }

        /**
         * @throws IllegalArgumentException when there are no nodes, the protocol's constructor refuses its parameters, or
         *     bounds on time do not go with the rest
         */
        public SystemModel<S> build() {
            if (nodes.isEmpty()) {
                throw new IllegalArgumentException("the model of " + machine.protocol() + " has no nodes");
            }
            if (latencies.isPresent() && network == Network.DUPLICATING) {
                throw new IllegalArgumentException("bounds on time need a network that delivers a message once, ORDERED"
                        + " or UNORDERED, not DUPLICATING: what may come again has no latest time");
            }
            if (latencies.isPresent() && unhandledStaysPending) {
                throw new IllegalArgumentException("bounds on time do not go with unhandledStaysPending: what stays"
                        + " pending has no latest time");
            }
            if (latencies.isPresent() && !answers.isEmpty()) {
                throw new IllegalArgumentException(
                        "bounds on time do not go with answers of nodes that the model does not"
                                + " have: nothing is known of when they come");
            }
            nodes.keySet().forEach(this::requireCreatable);
            return new SystemModel<>(this);
        }
    }
}
