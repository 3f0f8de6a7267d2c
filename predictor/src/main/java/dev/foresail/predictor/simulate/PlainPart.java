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
import dev.foresail.predictor.simulate.PlainTables.PlainTimer;
import dev.foresail.predictor.simulate.queue.EventQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Some of the nodes of a plain protocol, or all, with what is to happen to them and one clock. Used by one thread at a time: by
 * whoever has begun its window ({@link Windows}), and between windows by the simulation's own.
 *
 * <p>What it sends to nodes of other parts waits in outboxes until the next window. There are two for each, for even and odd windows:
 * one is emptied by its receiver while the other one is filled.
 */
final class PlainPart<S> implements Windows.Part, WindowWidth.Observed {
    /** In how large a system it can be counted how many messages follow from one another. */
    static final int MOST_NODES_COUNTED = 1 << 24;

    private static final int DEPTH_SHIFT = 24;

    private final Simulation<S> simulation;
    private final Timeline<S> timeline;
    private final Account account;
    private final PlainTables<S> tables;
    private final Machine<S> machine;
    private final EventQueue queue = new EventQueue();
    private final Departures<S> departures;
    private final Trace<S> trace;
    private final long[] rows;
    private final int stride;
    private final int index;
    /** There is no other part, so that everything happens in order: the simulation is told of each event. */
    private final boolean isAlone;
    /** By sending part, receiving part, and whether a window is odd. */
    private final Outbox[][][] outboxes;

    private final Slowness slowness = new Slowness();
    /** Everything before this has happened, in several parts. */
    private long doneUntilNanos;

    private long nowNanos;
    private long handledEvents;
    private final PlainTimers<S> timers;
    /** Places carry how many messages have followed from one another. */
    private final boolean countsDepth;
    /** Of an entry's place, the endpoint. */
    private final int endpointMask;
    /** How many messages have followed from one another until the present event. */
    private int depth;

    private boolean inWindow;
    private int odd;

    // Written so that no compiler leaves out what is read.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private final RunawayWatch watch;

    private final SortedMap<Integer, SimulatedNode<S>> hosts = new TreeMap<>();
    private final List<Unusual> unusual = new ArrayList<>();

    private final RandomStream world = RandomStream.ofState(0);
    private final IntUnaryOperator draw = this::drawn;
    private final ImmediateChooser chooser = new Chooser();
    /** The endpoint of the node whose handler runs. */
    private int current;
    /** What that handler handles, for people. */
    private Event lastHandled = new Event.Start();
    /** Whether {@link #world} draws for that node; most handlers draw nothing. */
    private boolean draws;

    /** What does not fit in here. */
    private record Unusual(String why, Runnable how) {}

    /** A message was sent to a node that there is not. */
    record NobodyThere(NodeId to) {}

    /**
     * @param outboxes of all parts, by sending part, receiving part, and whether a window is odd; empty when there is one part
     * @param countsDepth whether it is counted how many messages follow from one another, with at most {@link #MOST_NODES_COUNTED} nodes
     */
    PlainPart(Simulation<S> simulation, PlainTables<S> tables, int index, Outbox[][][] outboxes, boolean countsDepth) {
        this.simulation = simulation;
        this.timeline = simulation.timeline();
        this.account = simulation.account();
        this.tables = tables;
        this.machine = tables.machine;
        this.isAlone = outboxes.length == 0;
        LinkSampler sampler = isAlone
                ? simulation.network().sampler()
                : new LinkSampler(simulation.settings().topology());
        this.departures = new Departures<>(tables, queue, sampler, index, isAlone ? new Outbox[0][] : outboxes[index]);
        this.trace = isAlone ? simulation.trace() : new Trace<>(machine, () -> nowNanos);
        this.rows = tables.rows;
        this.stride = tables.stride;
        this.index = index;
        this.outboxes = outboxes;
        this.timers = new PlainTimers<>(tables, queue, departures);
        this.countsDepth = countsDepth;
        this.endpointMask = countsDepth ? MOST_NODES_COUNTED - 1 : -1;
        this.watch = new RunawayWatch(() -> simulation.runaways().limits().each(Math.max(1, outboxes.length)));
    }

    /** From now on the queue tells of what is about to happen. */
    void listen() {
        queue.announceTo(this::touch);
    }

    Trace<S> trace() {
        return trace;
    }

    /** Its number among all parts. */
    int index() {
        return index;
    }

    @Override
    public long handledEvents() {
        return handledEvents;
    }

    @Override
    public Slowness slowness() {
        return slowness;
    }

    @Override
    public long mostWindowNanos() {
        return timers.mostWindowNanos();
    }

    /** As {@link Departures#postponed}. */
    long postponed() {
        return departures.postponed();
    }

    /** How many messages were sent to other parts. */
    long sentBetween() {
        return departures.sentBetween();
    }

    @Override
    public double delayNanosBetween() {
        return departures.delayNanosBetween();
    }

    /** How much is to happen. */
    long pending() {
        long pending = queue.size() + departures.size();
        for (int to = 0; to < outboxes.length; to++) {
            pending += outboxes[index][to][0].size() + outboxes[index][to][1].size();
        }
        return pending;
    }

    @Override
    public boolean isStuck() {
        return !unusual.isEmpty();
    }

    /** What did not fit in here; empty when everything did. */
    String whyStuck() {
        return unusual.isEmpty() ? "" : unusual.get(0).why();
    }

    @Override
    public long nextNanos() {
        long nanos = queue.nextNanos();
        for (int to = 0; to < outboxes.length; to++) {
            nanos = Math.min(nanos, outboxes[index][to][odd].earliestNanos());
        }
        return nanos;
    }

    /** The only part: lets everything happen up to a time, or until the simulation halts. */
    void runThrough(long untilNanos) {
        departures.open(odd);
        try {
            while (!timeline.isHalted() && next(Math.min(untilNanos, timeline.beforeWorldNanos()))) {
                happen();
            }
        } finally {
            departures.close();
        }
        depart();
    }

    /** As {@link EventQueue#next}, where things are postponed. */
    private boolean next(long untilNanos) {
        if (departures.size() > 0) {
            if (!departures.isFull() && queue.next(Math.min(untilNanos, departures.earliestNanos() - 1))) {
                return true;
            }
            depart();
        }
        return queue.next(untilNanos);
    }

    /** What is postponed goes on its way: nobody else has to do with it than whoever has handled an event last. */
    void depart() {
        try {
            departures.flush();
        } catch (OutOfMemoryError exhausted) {
            throw simulation.runaways().outOfMemory(Culprit.of(tables.id(current), lastHandled), exhausted);
        }
    }

    /** The only part: lets happen what is next; false when nothing is up to that time. */
    boolean runOne(long untilNanos) {
        boolean happens = next(untilNanos);
        if (happens) {
            happen();
        }
        return happens;
    }

    @Override
    public void run(long window, long endNanos) {
        receive();
        odd = (int) window & 1;
        inWindow = true;
        departures.open(odd);
        try {
            while (unusual.isEmpty() && next(endNanos - 1)) {
                happen();
            }
        } finally {
            departures.close();
        }
        depart();
        inWindow = false;
        doneUntilNanos = endNanos;
    }

    /** Takes what other parts have sent in the last window. */
    void receive() {
        for (int from = 0; from < outboxes.length; from++) {
            outboxes[from][index][odd].emptyInto(queue, doneUntilNanos, slowness);
        }
        if (!countsDepth && slowness.messages() > 0) {
            throw new IllegalStateException("a message has come " + slowness.nanos()
                    + " ns too late: latencies are less than the topology's regions say");
        }
    }

    /** A node is up from now on. */
    void start(int endpoint, S state) {
        depart();
        nowNanos = simulation.nowNanos();
        tables.start(endpoint, state);
        trace.world(endpoint, "start");
        handle(endpoint, new Event.Start());
        settle();
    }

    void call(int endpoint, String name, List<Object> arguments) {
        depart();
        nowNanos = simulation.nowNanos();
        trace.world(endpoint, name);
        handle(endpoint, EventRules.call(machine, name, arguments));
        settle();
    }

    private void happen() {
        nowNanos = queue.atNanos();
        if (isAlone) {
            timeline.advanceTo(nowNanos);
        }
        int source = queue.source();
        int place = queue.place();
        Object what = queue.what();
        if (what instanceof PlainTimer timer) {
            fire(source, place, timer);
        } else if (what instanceof NobodyThere nobody) {
            trace.alarm(source);
            handle(source, new Event.ConnectionError(nobody.to()));
        } else if (what != null) {
            deliver(source, place, what);
        }
        settle();
        if (watch.isDue()) {
            lookForRunaways(source, place, what);
        }
    }

    /** Who is alone stops the run; of several, none can say what all together do. */
    private void lookForRunaways(int source, int place, @Nullable Object what) {
        depart();
        long pending = queue.size() - timers.outdated();
        watch.look(nowNanos, pending).ifPresent(passed -> {
            if (isAlone) {
                Culprit last =
                        new Culprit(tables.id(endpoint(source, place, what)).toString(), PlainEntries.kind(what));
                timeline.stop(simulation
                        .runaways()
                        .passed(passed, pending, () -> PlainEntries.take(queue, timers::isOutdated), last));
            } else {
                unusual.add(new Unusual("a protocol that seems to run away", () -> {}));
            }
        });
    }

    /** Nothing is to happen any more. */
    void clear() {
        departures.clear();
        queue.clear();
    }

    private void deliver(int source, int place, Object message) {
        int target = place & endpointMask;
        NodeId from = tables.id(source);
        depth = countsDepth ? place >>> DEPTH_SHIFT : 0;
        tables.connected.add(target, source);
        trace.delivery(target, from, message);
        handle(target, new Event.Delivery(from, message));
        depth = 0;
    }

    private void fire(int endpoint, int arming, PlainTimer timer) {
        if (timers.fires(endpoint, arming, timer)) {
            trace.alarm(endpoint);
            handle(endpoint, timer.fired);
        }
    }

    /** What does not fit in here waits until the event is over; within a window, the whole part does. */
    private void settle() {
        if (!unusual.isEmpty() && !inWindow) {
            leaveParts();
        }
    }

    /** Where others have parts elsewhere, they are told first. */
    private void leaveParts() {
        if (!tables.isPartitioned()) {
            simulation.makeRuntimes();
        }
    }

    private void handle(int endpoint, Event event) {
        if (departures.hasPostponed(endpoint)) {
            depart();
        }
        NodeId self = tables.id(endpoint);
        S state = tables.state(endpoint);
        current = endpoint;
        lastHandled = event;
        timers.turnTo(endpoint);
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
                                nowNanos,
                                timers.armed(),
                                Collections.<NodeId, Channel>emptySortedMap(),
                                draw,
                                chooser));
                machine.run(state, event, alternatives.get(0), step);
                commit(endpoint, step);
            } else if (disposition == EventRules.Disposition.DEFER) {
                unusual.add(new Unusual(
                        "a message that waits at " + self,
                        () -> host(endpoint).runtime().underWay().deferred((Event.Delivery) event)));
            }
        } catch (RuntimeException thrown) {
            String described = machine.describe(state);
            unusual.add(new Unusual(
                    "a handler that threw at " + self,
                    () -> simulation.handlerFailed(host(endpoint), event, described, thrown)));
            return;
        } catch (OutOfMemoryError exhausted) {
            throw simulation.runaways().outOfMemory(Culprit.of(self, event), exhausted);
        } finally {
            if (draws) {
                rows[endpoint * stride + PlainTables.STREAM] = world.state();
            }
        }
        if (isAlone) {
            account.handled(self, event);
        } else {
            handledEvents++;
        }
    }

    private int drawn(int bound) {
        return world().nextInt(bound);
    }

    private RandomStream world() {
        if (!draws) {
            draws = true;
            world.continueFrom(rows[current * stride + PlainTables.STREAM]);
        }
        return world;
    }

    private void commit(int endpoint, Step<S> step) {
        timers.commit(step, nowNanos, depth);
        List<Step.Send> sends = step.sends();
        for (int index = 0; index < sends.size(); index++) {
            send(endpoint, sends.get(index).to(), sends.get(index).message());
        }
    }

    private void send(int from, NodeId to, Object message) {
        int target = tables.endpoint(to);
        if (!unusual.isEmpty()) {
            // What is sent after something unusual is behind it at equal times.
            unusual.add(sentByRuntime(from, to, message));
        } else if (target < 0) {
            long noticedNanos = Simulation.later(nowNanos, LinkSampler.RETRANSMISSION_NANOS);
            departures.add(noticedNanos, from, from, new NobodyThere(to));
        } else if (!tables.allAreUp() && !tables.isUp(target)) {
            unusual.add(sentByRuntime(from, to, message));
        } else {
            tables.connected.add(from, target);
            int place = countsDepth ? target | Math.min(depth + 1, TimerBounds.MOST_HOPS) << DEPTH_SHIFT : target;
            if (departures.postpones()) {
                departures.postpone(from, target, place, message, nowNanos);
            } else {
                departures.send(from, target, place, message, nowNanos, world());
            }
        }
    }

    private Unusual sentByRuntime(int from, NodeId to, Object message) {
        return new Unusual(
                "a message to " + to + ", which is not up",
                () -> host(from).runtime().underWay().send(to, message));
    }

    /** The node that an entry of the queue happens at. */
    private int endpoint(int source, int place, @Nullable Object what) {
        return what instanceof PlainTimer ? source : place & endpointMask;
    }

    /** Brings into the processor's caches what will be looked at: of several nodes at once this takes hardly longer than of one. */
    private void touch(int source, int place, @Nullable Object what) {
        int endpoint = endpoint(source, place, what);
        Object state = tables.states[endpoint];
        touched += rows[endpoint * stride]
                + rows[endpoint * stride + stride - 1]
                + (state == null ? 0 : state.getClass() == tables.stateType ? 1 : 2);
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

    /** The node, which has a runtime when it was booted. */
    SimulatedNode<S> host(int endpoint) {
        return hosts.computeIfAbsent(endpoint, added -> new SimulatedNode<>(simulation, tables.id(endpoint), endpoint));
    }

    /** Gives its nodes what is under way, in the order of the queue, which is empty then; {@link #depart} is called before. */
    void handOver(SimulatedNetwork<S> network, List<SimulatedNode<S>> nodes) {
        while (queue.next(EventQueue.LATEST_NANOS)) {
            handOver(network, nodes, queue.what());
        }
    }

    /** Lets happen what did not fit in here, now that there are runtimes. */
    void makeUp() {
        unusual.forEach(each -> each.how().run());
    }

    private void handOver(SimulatedNetwork<S> network, List<SimulatedNode<S>> nodes, @Nullable Object what) {
        SimulatedNode<S> node = nodes.get(queue.source());
        long leftNanos = queue.atNanos() - simulation.nowNanos();
        if (what instanceof PlainTimer timer) {
            if (timers.isCurrent(queue.source(), timer, queue.place())) {
                node.runtime().underWay().timer(timer.name, leftNanos);
            }
        } else if (what instanceof NobodyThere nobody) {
            node.schedule(leftNanos, () -> node.runtime().connectionError(nobody.to()));
        } else if (what != null) {
            SimulatedNode<S> target = nodes.get(queue.place() & endpointMask);
            network.underWay(node, target, node.runtime().underWay().sent(target.id(), what), queue.atNanos());
        }
    }
}
