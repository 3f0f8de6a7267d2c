package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.ImmediateChooser;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.simulate.queue.EventQueue;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of a plain protocol, as long as nothing has happened to them but starts, calls, messages and timers. Not thread-safe.
 *
 * <p>Idea: a protocol is plain when it cannot notice connections, and no handler needs anything of its {@code NodeRuntime} but that
 * effects take place together at its end. Then a node is its state, the state of its random stream and a number for each timer, side by
 * side in tables, and a message under way is an entry of the queue: a million nodes fit where a thousand runtimes did.
 *
 * <p>Whatever else happens (a fault, a message that is deferred, a handler that throws, one who wants to watch) ends this for the
 * whole simulation ({@link Simulation#makeRuntimes}): every node gets its runtime, with what is under way, and everything goes on as if it
 * had had it from the beginning. A test holds that. Weakness: in systems of more than {@link ConnectedPairs#MOST_NODES} nodes
 * connections over which nothing is under way then are forgotten, as if they had been closed for being idle.
 */
final class PlainNodes<S> {
    private static final int LEAST_OUTDATED = 1024;
    private static final int ARRIVAL = 1;
    private static final int TARGET = 2;
    private static final int TIMERS = 3;
    /** Messages are under way to more than one, and what is known of them is in {@link #lastArrivals}. */
    private static final int SEVERAL = -1;

    private final Simulation<S> simulation;
    private final Machine<S> machine;
    private final Class<S> stateType;
    private final EventQueue queue;
    private final LinkSampler sampler;
    private final Trace<S> trace;
    private final long firstId;
    private final PlainTimer[] timers;

    /** By endpoint; nothing as long as the node was not started. */
    private final @Nullable Object[] states;
    /** How many were started: when all were, nobody need look whether one was. */
    private int started;
    /**
     * By endpoint, side by side as they are needed together: the state of the node's random stream; when the last message arrives that
     * it has sent; to which endpoint, if that is the only one under way, else {@link #SEVERAL}; and a number for each timer, which
     * is odd while it is armed, and another one each time that it is armed.
     */
    private final long[] rows;

    private final int stride;
    /** How many entries of the queue are of timers that have been cancelled or moved. */
    private long outdated;
    /** How many it takes to be looked for. */
    private long sweepAt = LEAST_OUTDATED;

    // Written so that no compiler leaves out what is read.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private final LastArrivals lastArrivals = new LastArrivals();
    private final ConnectedPairs connected;
    private final SortedMap<Integer, SimulatedNode<S>> hosts = new TreeMap<>();
    private final List<Runnable> unusual = new ArrayList<>();

    private final RandomStream world = RandomStream.ofState(0);
    private final IntUnaryOperator draw = this::drawn;
    private final Consumer<String> disarming = this::disarm;
    private final Step.TimerTaker arming = this::arm;
    private final Set<String> armed = new Armed();
    private final ImmediateChooser chooser = new Chooser();
    /** The endpoint of the node whose handler runs. */
    private int current;
    /** Whether {@link #world} draws for that node; most handlers draw nothing. */
    private boolean draws;

    PlainNodes(Simulation<S> simulation, EventQueue queue, LinkSampler sampler) {
        this.simulation = simulation;
        this.machine = simulation.settings().machine();
        this.stateType = machine.stateType();
        this.queue = queue;
        this.sampler = sampler;
        this.trace = simulation.trace();
        List<NodeId> ids = simulation.settings().nodes();
        this.firstId = ids.get(0).value();
        this.timers = new PlainTimer[machine.timers().size()];
        for (int timer = 0; timer < timers.length; timer++) {
            timers[timer] = new PlainTimer(machine.timers().get(timer), timer);
        }
        this.states = new @Nullable Object[ids.size()];
        this.stride = TIMERS + timers.length;
        this.rows = new long[ids.size() * stride];
        for (int endpoint = 0; endpoint < states.length; endpoint++) {
            rows[endpoint * stride] = SimulatedNode.worldOf(
                            simulation.settings().seed(), endpoint)
                    .state();
        }
        this.connected = new ConnectedPairs(ids.size());
    }

    /** From now on the queue tells of what is about to happen; to be called of nodes that are used. */
    void listen() {
        queue.announceTo(this::touch);
    }

    /** A timer of the protocol: what the queue's entries of it carry. */
    private static final class PlainTimer {
        final String name;
        final int index;
        final Event.TimerFired fired;

        PlainTimer(String name, int index) {
            this.name = name;
            this.index = index;
            this.fired = new Event.TimerFired(name);
        }
    }

    /** A message was sent to a node that there is not. */
    private record NobodyThere(NodeId to) {}

    /** Whether a protocol can be simulated so, with nodes that do not look ahead, and are neither steered nor undone. */
    static boolean isPlain(Machine<?> machine) {
        return !machine.handlesConnectionErrors()
                && !machine.handlesSuspicions()
                && !machine.hasStableFields()
                && machine.aggregates().isEmpty()
                && machine.handlers().stream()
                        .allMatch(handler -> handler.choice().isEmpty()
                                && handler.choicePoints().isEmpty());
    }

    /** Whether ids follow each other in the order of the endpoints. */
    static boolean areConsecutive(List<NodeId> ids) {
        if (ids instanceof NodeRange) {
            return true;
        }
        long first = ids.get(0).value();
        for (int endpoint = 0; endpoint < ids.size(); endpoint++) {
            if (ids.get(endpoint).value() - first != endpoint) {
                return false;
            }
        }
        return true;
    }

    private NodeId id(int endpoint) {
        return NodeId.of(firstId + endpoint);
    }

    /** The endpoint of a node, -1 when the system has no such node. */
    private int endpoint(NodeId id) {
        long endpoint = id.value() - firstId;
        return endpoint >= 0 && endpoint < states.length ? (int) endpoint : -1;
    }

    /** Whether the system has such a node; the methods below that take an id are only for one that is there. */
    boolean isPresent(NodeId id) {
        return endpoint(id) >= 0;
    }

    boolean isUp(NodeId id) {
        return isUp(endpoint(id));
    }

    /** Empty when the node was not started. */
    Optional<S> state(NodeId id) {
        return isUp(id) ? Optional.of(state(endpoint(id))) : Optional.empty();
    }

    private boolean isUp(int endpoint) {
        return states[endpoint] != null;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private S state(int endpoint) {
        return (S) states[endpoint];
    }

    /** The whole system as it is. */
    PictureView<S> view() {
        int up = 0;
        while (up < states.length && isUp(up)) {
            up++;
        }
        SortedSet<NodeId> nodes = NodeRange.asSet(firstId, up);
        if (up < states.length) {
            nodes = new TreeSet<>(nodes);
            for (int endpoint = up; endpoint < states.length; endpoint++) {
                if (isUp(endpoint)) {
                    nodes.add(id(endpoint));
                }
            }
        }
        return new PictureView<>(machine, nodes, this::picture, true);
    }

    private @Nullable Picture<S> picture(NodeId id) {
        int endpoint = endpoint(id);
        return endpoint >= 0 && isUp(endpoint)
                ? new Picture<>(state(endpoint), Collections.<NodeId, Channel>emptySortedMap(), 0)
                : null;
    }

    /** @param state a new one */
    void start(NodeId id, S state) {
        int endpoint = endpoint(id);
        states[endpoint] = state;
        started++;
        trace.world(endpoint, "start");
        handle(endpoint, new Event.Start());
        settle();
    }

    /** Without effect when the node was not started. */
    void call(NodeId id, String name, List<Object> arguments) {
        int endpoint = endpoint(id);
        if (!isUp(endpoint)) {
            return;
        }
        trace.world(endpoint, name);
        handle(endpoint, EventRules.call(machine, name, arguments));
        settle();
    }

    /** Lets happen what was taken from the queue. */
    void happen(int source, int place, Object what) {
        if (what instanceof PlainTimer timer) {
            fire(source, place, timer);
        } else if (what instanceof NobodyThere nobody) {
            trace.alarm(source);
            handle(source, new Event.ConnectionError(nobody.to()));
        } else {
            NodeId from = id(source);
            connected.add(place, source);
            trace.delivery(place, from, what);
            handle(place, new Event.Delivery(from, what));
        }
        settle();
    }

    private void fire(int endpoint, int arming, PlainTimer timer) {
        int at = place(endpoint, timer);
        if (isCurrent(endpoint, timer, arming)) {
            rows[at]++;
            trace.alarm(endpoint);
            handle(endpoint, timer.fired);
        } else {
            outdated--;
        }
    }

    /** What does not fit in here waits until the event is over. */
    private void settle() {
        if (!unusual.isEmpty()) {
            simulation.makeRuntimes();
        }
    }

    private void handle(int endpoint, Event event) {
        NodeId self = id(endpoint);
        S state = state(endpoint);
        current = endpoint;
        draws = false;
        try {
            List<Alternative> alternatives = machine.alternatives(state, event, new GuardNode(self));
            EventRules.Disposition disposition = EventRules.disposition(machine, event, alternatives);
            if (disposition == EventRules.Disposition.RUN) {
                Step<S> step = new Step<>(
                        machine,
                        self,
                        new Step.Inputs<>(
                                state,
                                simulation.nowNanos(),
                                armed,
                                Collections.<NodeId, Channel>emptySortedMap(),
                                draw,
                                chooser));
                machine.run(state, event, alternatives.get(0), step);
                commit(endpoint, step);
            } else if (disposition == EventRules.Disposition.DEFER) {
                unusual.add(() -> host(endpoint).runtime().underWay().deferred((Event.Delivery) event));
            }
        } catch (RuntimeException thrown) {
            String described = machine.describe(state);
            unusual.add(() -> simulation.handlerFailed(host(endpoint), event, described, thrown));
            return;
        } finally {
            if (draws) {
                rows[endpoint * stride] = world.state();
            }
        }
        simulation.handled(self, event);
    }

    private int drawn(int bound) {
        return world().nextInt(bound);
    }

    private RandomStream world() {
        if (!draws) {
            draws = true;
            world.continueFrom(rows[current * stride]);
        }
        return world;
    }

    private int place(int endpoint, PlainTimer timer) {
        return endpoint * stride + TIMERS + timer.index;
    }

    /** Whether an entry of the queue is of a timer as it is armed now. */
    private boolean isCurrent(int endpoint, PlainTimer timer, int arming) {
        return (int) rows[place(endpoint, timer)] == arming;
    }

    private void commit(int endpoint, Step<S> step) {
        step.forEachTimerCancelled(disarming);
        step.forEachTimerSet(arming);
        sweep();
        List<Step.Send> sends = step.sends();
        for (int index = 0; index < sends.size(); index++) {
            send(endpoint, sends.get(index).to(), sends.get(index).message());
        }
    }

    private PlainTimer timer(String name) {
        int timer = 0;
        while (!timers[timer].name.equals(name)) {
            timer++;
        }
        return timers[timer];
    }

    private void disarm(String name) {
        disarm(place(current, timer(name)));
    }

    private void arm(String name, long delayNanos) {
        PlainTimer timer = timer(name);
        int at = place(current, timer);
        disarm(at);
        rows[at]++;
        queue.add(Simulation.later(simulation.nowNanos(), delayNanos), current, (int) rows[at], timer);
    }

    private void disarm(int at) {
        if ((rows[at] & 1) != 0) {
            rows[at]++;
            outdated++;
        }
    }

    /** Timers that are moved again and again do not fill the queue. */
    private void sweep() {
        if (outdated > sweepAt && outdated > queue.size() / 2) {
            outdated -= queue.removeIf(
                    (source, place, what) -> what instanceof PlainTimer timer && !isCurrent(source, timer, place));
            // What is about to happen cannot be taken out: to look for it at once again would be in vain.
            sweepAt = Math.max(LEAST_OUTDATED, 2 * outdated);
        }
    }

    private void send(int from, NodeId to, Object message) {
        long nowNanos = simulation.nowNanos();
        int target = endpoint(to);
        if (!unusual.isEmpty()) {
            // What is sent after something unusual is behind it at equal times.
            unusual.add(() -> host(from).runtime().underWay().send(to, message));
        } else if (target < 0) {
            queue.add(Simulation.later(nowNanos, LinkSampler.RETRANSMISSION_NANOS), from, from, new NobodyThere(to));
        } else if (started < states.length && !isUp(target)) {
            unusual.add(() -> host(from).runtime().underWay().send(to, message));
        } else {
            connected.add(from, target);
            long arrival = nowNanos + SimulatedNetwork.delayNanos(sampler, from, target, nowNanos, world());
            queue.add(behindLast(from, target, arrival), from, target, message);
        }
    }

    /** When a message arrives that would arrive at a time: none overtakes another one to the same node. */
    private long behindLast(int from, int target, long arrivalNanos) {
        long nowNanos = simulation.nowNanos();
        int row = from * stride;
        long lastNanos = rows[row + ARRIVAL];
        long only = rows[row + TARGET];
        if (lastNanos <= nowNanos) {
            rows[row + ARRIVAL] = arrivalNanos;
            rows[row + TARGET] = target;
            return arrivalNanos;
        }
        if (only == target) {
            rows[row + ARRIVAL] = Math.max(lastNanos, arrivalNanos);
            return rows[row + ARRIVAL];
        }
        if (only != SEVERAL) {
            lastArrivals.follow(from, (int) only, lastNanos, nowNanos);
            rows[row + TARGET] = SEVERAL;
        }
        long arrival = lastArrivals.follow(from, target, arrivalNanos, nowNanos);
        rows[row + ARRIVAL] = Math.max(lastNanos, arrival);
        return arrival;
    }

    /** Brings into the processor's caches what will be looked at: of several nodes at once this takes hardly longer than of one. */
    private void touch(int source, int place, @Nullable Object what) {
        if (source != Simulation.WORLD) {
            int endpoint = what instanceof PlainTimer ? source : place;
            Object state = states[endpoint];
            touched += rows[endpoint * stride] + (state == null ? 0 : state.getClass() == stateType ? 1 : 2);
        }
    }

    /** The names of the armed timers of the node whose handler runs. */
    private final class Armed extends AbstractSet<String> {
        @Override
        public boolean contains(Object name) {
            return Arrays.stream(timers).anyMatch(timer -> timer.name.equals(name) && isArmed(timer));
        }

        private boolean isArmed(PlainTimer timer) {
            return (rows[place(current, timer)] & 1) != 0;
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(timers)
                    .filter(this::isArmed)
                    .map(timer -> timer.name)
                    .iterator();
        }

        @Override
        public int size() {
            return (int) Arrays.stream(timers).filter(this::isArmed).count();
        }
    }

    /** Whoever chooses within a handler gets the resolver that its runtime would have. */
    private final class Chooser implements ImmediateChooser {
        @Override
        public int choose(String name, List<?> candidates) {
            return host(current).resolver().immediate().choose(name, candidates);
        }

        @Override
        public List<Integer> chooseSome(String name, List<?> candidates, int count) {
            return host(current).resolver().immediate().chooseSome(name, candidates, count);
        }
    }

    private SimulatedNode<S> host(int endpoint) {
        return hosts.computeIfAbsent(endpoint, added -> new SimulatedNode<>(simulation, id(endpoint), endpoint));
    }

    /** Whether the nodes' resolvers look ahead. */
    boolean looksAhead() {
        return host(0).resolver().looksAhead();
    }

    /** The nodes as they are, by endpoint: with runtimes, where they were started, that have nothing under way. */
    List<SimulatedNode<S>> toNodes() {
        List<SimulatedNode<S>> nodes = new ArrayList<>(states.length);
        for (int endpoint = 0; endpoint < states.length; endpoint++) {
            SimulatedNode<S> node = host(endpoint);
            node.world().continueFrom(rows[endpoint * stride]);
            if (isUp(endpoint)) {
                node.boot(state(endpoint));
            }
            nodes.add(node);
        }
        return nodes;
    }

    /**
     * Gives the nodes of {@link #toNodes} what is under way, in the order of the queue, which is empty then.
     *
     * @param outside takes what was not put into the queue here
     */
    void handOver(SimulatedNetwork<S> network, EventQueue outside) {
        connected.forEach((endpoint, peer) ->
                host(endpoint).connectionTo(id(peer), host(peer).incarnation()));
        while (queue.next(EventQueue.LATEST_NANOS)) {
            if (queue.source() == Simulation.WORLD) {
                outside.add(queue.atNanos(), queue.source(), queue.place(), queue.what());
            } else {
                handOver(network, queue.what());
            }
        }
        unusual.forEach(Runnable::run);
    }

    private void handOver(SimulatedNetwork<S> network, @Nullable Object what) {
        SimulatedNode<S> node = host(queue.source());
        long leftNanos = queue.atNanos() - simulation.nowNanos();
        if (what instanceof PlainTimer timer) {
            if (isCurrent(queue.source(), timer, queue.place())) {
                node.runtime().underWay().timer(timer.name, leftNanos);
            }
        } else if (what instanceof NobodyThere nobody) {
            node.schedule(leftNanos, () -> node.runtime().connectionError(nobody.to()));
        } else if (what != null) {
            SimulatedNode<S> target = host(queue.place());
            network.underWay(node, target, node.runtime().underWay().sent(target.id(), what), queue.atNanos());
        }
    }
}
