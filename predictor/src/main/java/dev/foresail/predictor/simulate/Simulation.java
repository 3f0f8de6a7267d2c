package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkChange;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.scenario.FaultRules;
import dev.foresail.predictor.scenario.NodeFaults;
import dev.foresail.predictor.simulate.queue.EventQueue;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A system in virtual time: seeded, in place. The same settings and scenario give the same trace to the byte. Several simulations may
 * run side by side; one is used by one thread only, which may let {@linkplain #useWorkers others help}.
 *
 * @param <S> the protocol's state
 */
public final class Simulation<S> extends FaultyNetworkStage<S> {
    /** The source of what no node has caused, and the place of what happens at none. */
    static final int WORLD = -1;

    /** Over how many workers a simulation can be spread at most. */
    public static final int MOST_WORKERS = 127;

    private final SimulationSettings<S> settings;
    private final ResolverFactory<S> resolvers;
    private final SteeringFactory<S> steering;
    private final Timeline<S> timeline;
    private final SimulatedNetwork<S> network;
    private Suspicions<S> suspicions;
    /** Empty as long as the nodes have no runtimes, and then {@link #plain} is there. */
    private Optional<NodeTable<S>> table = Optional.empty();

    private @Nullable PlainNodes<S> plain;
    private boolean wereSeveral;
    private final Trace<S> trace;
    private final SimulatedNodeFaults<S> nodeFaults = new SimulatedNodeFaults<>(this);
    private final Account account = new Account();
    private final Runaways<S> runaways;
    private final RandomStream scenarioRandom;
    private EnvelopeListener envelopeListener = (from, to, envelope) -> () -> {};

    public Simulation(SimulationSettings<S> settings, ResolverFactory<S> resolvers) {
        this(settings, resolvers, SteeringFactory.none());
    }

    public Simulation(SimulationSettings<S> settings, ResolverFactory<S> resolvers, SteeringFactory<S> steering) {
        this.settings = settings;
        this.resolvers = resolvers;
        this.steering = steering;
        this.runaways = new Runaways<>(this);
        this.timeline = new Timeline<>(this);
        this.trace = new Trace<>(settings.machine(), this::nowNanos);
        this.network = new SimulatedNetwork<>(this);
        this.suspicions = new Suspicions<>(this, PhiAccrualSettings.DEFAULT);
        this.scenarioRandom = RandomStream.of(settings.seed(), "scenario");
        this.plain = PlainNodes.of(this);
        settings.topology()
                .failures()
                .forEach(failure -> at(Duration.ofNanos(failure.fromNanos()), () -> fail(failure)));
    }

    /**
     * From now on several workers let the nodes' events happen side by side; to be said before anything happens. Nobody
     * can be told of each event ({@link #onHandled}) then. The digest is the same as with one. The calling thread is one of them.
     *
     * @param workers 1 to {@link #MOST_WORKERS}
     * @param executor runs the others
     * @return why one worker does everything nevertheless; empty when it does not
     * @throws IllegalStateException when a node was started
     */
    public Optional<String> useWorkers(int workers, Executor executor) {
        return useWorkers(workers, Optional.empty(), executor);
    }

    /** As {@link #useWorkers(int, Executor)}, with windows that may be wider by a {@code relaxation}; then the digest is another one. */
    public Optional<String> useWorkers(int workers, Optional<SlowMessages> relaxation, Executor executor) {
        return spread(new Spread(workers, relaxation, Optional.empty(), executor));
    }

    /**
     * As {@link #useWorkers(int, Executor)}, of several processes that do the same with it: each lets its own nodes' events happen, and tells the others between
     * windows. What is asked of all nodes is asked by all processes alike. Throws what its {@link WindowExchange} throws.
     */
    public Optional<String> useMembers(WindowExchange exchange, int workers, Executor executor) {
        return spread(new Spread(workers, Optional.empty(), Optional.of(exchange), executor));
    }

    private Optional<String> spread(Spread spread) {
        PlainNodes<S> alone = account.tellsOfEvents() ? null : plain;
        Spread.Result result = spread.of(settings, alone != null);
        if (alone != null && result.division().isPresent()) {
            plain = new PlainNodes<>(this, alone, result.division().get(), spread);
            wereSeveral = true;
            plain.listen();
        }
        return result.whyNot();
    }

    /** Whether any of the processes that the simulation is partitioned over says yes: to be asked by all of them alike. */
    public boolean isWishedAnywhere(boolean here) {
        return plain == null ? here : plain.isWishedAnywhere(here);
    }

    /** Whether other processes play some of the nodes. */
    public boolean isPartitioned() {
        return plain != null && plain.isPartitioned();
    }

    /** How many workers let the nodes' events happen at present. */
    public int workers() {
        return plain == null ? 1 : plain.workers();
    }

    /** Whether several workers have begun, and one has gone on, as nodes needed runtimes. */
    public boolean wentOnAlone() {
        return wereSeveral && plain == null;
    }

    /** How the windows of several workers were; empty when there is one. */
    public Optional<SlowMessages.Report> windows() {
        return plain == null ? Optional.empty() : plain.report();
    }

    long pending() {
        return timeline.pending() + (plain == null ? 0 : plain.pending());
    }

    boolean hasPlainNodes() {
        return plain != null;
    }

    /** From now on every node that was started has a runtime, as if it had had it from the beginning. */
    @Override
    void makeRuntimes() {
        table();
    }

    private NodeTable<S> table() {
        if (table.isEmpty()) {
            PlainNodes<S> before = plain;
            plain = null;
            if (before == null) {
                List<SimulatedNode<S>> byEndpoint =
                        new ArrayList<>(settings.nodes().size());
                settings.nodes().forEach(id -> byEndpoint.add(new SimulatedNode<>(this, id, byEndpoint.size())));
                table = Optional.of(new NodeTable<>(byEndpoint));
            } else {
                account.addHandled(before.handledEvents());
                before.traces().forEach(trace::add);
                List<SimulatedNode<S>> nodes = before.toNodes();
                table = Optional.of(new NodeTable<>(nodes));
                before.handOver(network, nodes);
            }
        }
        return table.get();
    }

    private void fail(LinkChange.Failure failure) {
        NodeTable<S> nodes = table();
        Duration left = Duration.ofNanos(failure.untilNanos() - failure.fromNanos());
        failure.links()
                .forEachPair(
                        nodes.size(),
                        (one, other) -> cut(nodes.at(one).id(), nodes.at(other).id(), left));
    }

    /** How the nodes' failure detectors judge silences; to be said before anything happens. */
    public void judgeSilencesBy(PhiAccrualSettings detector) {
        suspicions = new Suspicions<>(this, detector);
    }

    /** How far the protocol may go before it is stopped as one that runs away; to be said before anything happens. */
    public void limitTo(SimulationLimits limits) {
        runaways.limitTo(limits);
    }

    /** Is told every decision as it is made. */
    public void onDecision(Consumer<Decision> listener) {
        account.tellDecisions(listener);
    }

    /** Is told of every event that a node has handled, after it. */
    public void onHandled(HandledListener listener) {
        account.tellHandled(listener);
    }

    /** Is told of every envelope that a node sends from now on. */
    public void onSent(EnvelopeListener listener) {
        makeRuntimes();
        envelopeListener = listener;
    }

    /** The scenario's end does not end the run: virtual time goes on as long as it is let. */
    public void goOnAfterScenario() {
        timeline.goOnAfterScenario();
    }

    /**
     * Lets virtual time go on until {@code until}, or until the scenario ends the run.
     *
     * @throws OneWorkerNeededException when several workers come to something that needs all nodes at one time; the simulation is of no
     *     use any more
     */
    public void runUntil(Duration until) {
        timeline.runUntil(until.toNanos());
    }

    /** Lets happen what is next; false when nothing is left, or the scenario has ended the run. */
    boolean runOne() {
        return timeline.runOne(Long.MAX_VALUE);
    }

    /** What is watching cannot go on: the run ends with this, once what happens now is over. */
    void stop(RuntimeException because) {
        timeline.stop(because);
    }

    Account account() {
        return account;
    }

    Runaways<S> runaways() {
        return runaways;
    }

    /**
     * Why a run was stopped that cannot go on; where memory has run out, what was to happen is given up.
     *
     * @param thrown a {@link RunawayException} or an {@link OutOfMemoryError}
     */
    public Runaway runaway(Throwable thrown) {
        return runaways.of(thrown);
    }

    Timeline<S> timeline() {
        return timeline;
    }

    /** The nodes as long as they have no runtimes. */
    @Nullable
    PlainNodes<S> plain() {
        return plain;
    }

    /** @param place the endpoint of the node that it happens at, or {@link #WORLD} */
    void runUnlessPaused(int place, Runnable happening) {
        if (place == WORLD || !table().at(place).keepsWaiting(happening)) {
            happening.run();
        }
    }

    /** From now on the world (delays, losses, draws of nodes) is that of another seed; for the test of clairvoyance. */
    public void reseedWorld(long seed) {
        table().all().forEach(node -> node.reseed(seed));
    }

    @Override
    public List<NodeId> nodes() {
        return plain != null ? settings.nodes() : table().ids();
    }

    @Override
    public RandomGenerator random() {
        return scenarioRandom;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(nowNanos());
    }

    @Override
    public void at(Duration time, Runnable action) {
        timeline.at(later(0, time.toNanos()), action);
    }

    /** A time at the end of all time is not passed. */
    static long later(long nanos, long delayNanos) {
        return nanos + Math.min(delayNanos, EventQueue.LATEST_NANOS - nanos);
    }

    @Override
    public void start(NodeId id) {
        if (plain != null && plain.isPresent(id) && !plain.isUp(id)) {
            plain.start(id, () -> settings.machine().create(settings.parameters()));
            return;
        }
        SimulatedNode<S> node = existing(id);
        if (node.isUp() || node.incarnation() > 0) {
            throw new IllegalStateException(id + " was started already");
        }
        startAnew(node, "start");
    }

    private void startAnew(SimulatedNode<S> node, String how) {
        node.boot(settings.machine().create(settings.parameters()));
        trace.fault(node, how);
        node.runtime().start();
    }

    @Override
    public void crash(NodeId id, Duration noticedAfter, Duration noticedWithin) {
        SimulatedNode<S> node = existing(id);
        node.countCrash();
        if (node.isUp()) {
            trace.fault(node, "crash");
            suspicions.silent(node);
            node.shutDown(nowNanos() + noticedAfter.toNanos(), noticedWithin.toNanos());
            network.crashed(node);
        }
    }

    @Override
    public void restart(NodeId id) {
        SimulatedNode<S> node = crashed(id);
        NodeRuntime<S> ended = node.runtime();
        node.boot(settings.machine().restarted(ended.state()));
        node.runtime().recall(ended.stableFacts());
        trace.fault(node, "restart");
        node.runtime().restart();
    }

    @Override
    public void restartAnew(NodeId id) {
        startAnew(crashed(id), "restart anew");
    }

    SimulatedNode<S> crashed(NodeId id) {
        SimulatedNode<S> node = existing(id);
        if (node.isUp() || node.incarnation() == 0) {
            throw new IllegalStateException(id + " has not crashed");
        }
        return node;
    }

    @Override
    public void silentReset(NodeId id) {
        SimulatedNode<S> node = existing(id);
        if (node.isUp()) {
            suspicions.silent(node);
            node.shutDownSilently();
            startAnew(node, "silent reset");
        }
    }

    @Override
    public void breakConnection(NodeId one, NodeId other) {
        FaultRules.checkPair(one, other);
        trace.breakBetween(existing(one), existing(other));
        network.breakBetween(existing(one), existing(other));
    }

    @Override
    public void cut(NodeId one, NodeId other, Duration duration, Duration noticedAfter) {
        FaultRules.checkPair(one, other);
        long untilNanos = nowNanos() + FaultRules.nanos(duration);
        long noticedAfterNanos = FaultRules.nanos(noticedAfter);
        trace.cut(existing(one), existing(other), untilNanos);
        suspicions.cut(existing(other), existing(one));
        suspicions.cut(existing(one), existing(other));
        network.cut(existing(one), existing(other), untilNanos, noticedAfterNanos);
    }

    @Override
    public void pause(NodeId id, Duration duration) {
        SimulatedNode<S> node = existing(id);
        long untilNanos = nowNanos() + FaultRules.nanos(duration);
        if (node.isUp()) {
            trace.pause(node, untilNanos);
            suspicions.silent(node);
            node.backlog().pause(untilNanos);
        }
    }

    @Override
    public NodeFaults nodeFaults() {
        return nodeFaults;
    }

    @Override
    public void call(NodeId id, String name, List<Object> arguments) {
        if (plain != null && plain.isPresent(id)) {
            plain.call(id, name, arguments);
            return;
        }
        SimulatedNode<S> node = existing(id);
        if (node.isUp()) {
            long calledIn = node.incarnation();
            runUnlessPaused(node.endpoint(), () -> {
                if (node.isUp() && node.incarnation() == calledIn) {
                    trace.world(node, name);
                    node.runtime().call(name, arguments);
                }
            });
        }
    }

    @Override
    public boolean isUp(NodeId id) {
        if (plain != null && plain.isPresent(id)) {
            return plain.isUp(id);
        }
        return existing(id).isUp();
    }

    @Override
    public Optional<Object> state(NodeId id) {
        if (plain != null && plain.isPresent(id)) {
            return plain.state(id).map(settings.machine()::copy);
        }
        SimulatedNode<S> node = existing(id);
        return node.isUp() ? Optional.of(settings.machine().copy(node.runtime().state())) : Optional.empty();
    }

    /** The state of a node that is up, to be looked at only. */
    S stateItself(NodeId id) {
        return plain != null && plain.isPresent(id)
                ? plain.state(id).orElseThrow()
                : existing(id).runtime().state();
    }

    @Override
    public void record(String name, double value) {
        account.record(name, value);
    }

    @Override
    public void finish() {
        timeline.finish();
    }

    /** The whole system as it is: every node that is up, complete. Valid until the simulation goes on. */
    public PictureView<S> view() {
        return plain != null ? plain.view() : table().view(settings.machine());
    }

    /** Checkpoints of all running nodes as they are now: a place for an exploration to begin. */
    public SystemSnapshot<S> snapshot() {
        SortedMap<NodeId, SystemSnapshot.Known<S>> known = new TreeMap<>();
        for (NodeId id : nodes()) {
            checkpoint(id).ifPresent(own -> known.put(id, new SystemSnapshot.Known<>(settings.parameters(), own)));
        }
        return new SystemSnapshot<>(nowNanos(), known);
    }

    /** What {@link #snapshot} has of a node; empty when it is down. */
    public Optional<Checkpoint<S>> checkpoint(NodeId id) {
        return isUp(id) ? Optional.of(existing(id).runtime().snapshot().own()) : Optional.empty();
    }

    /** The figures that the scenario has noted. */
    public SortedMap<String, Double> records() {
        SortedMap<String, Double> all = account.records();
        table.ifPresent(runtimes -> nodeFaults.addFigures(all));
        return Collections.unmodifiableSortedMap(all);
    }

    public DecisionCounts decisions() {
        return account.decisions();
    }

    /** How many events were handled by nodes. */
    public long events() {
        return account.handledEvents() + (plain == null ? 0 : plain.handledEvents());
    }

    /** How many events steering has turned away. */
    public long turnedAway() {
        return account.turnedAway();
    }

    /** The digest of everything that has happened so far. */
    public String digest() {
        return plain == null ? trace.digest() : trace.digestWith(plain.traces());
    }

    /** Handlers that threw: node, event, state and what was thrown. */
    public List<String> failures() {
        return account.failures();
    }

    public long nowNanos() {
        return timeline.nowNanos();
    }

    SimulationSettings<S> settings() {
        return settings;
    }

    ResolverFactory<S> resolvers() {
        return resolvers;
    }

    SteeringFactory<S> steering() {
        return steering;
    }

    @Override
    SimulatedNetwork<S> network() {
        return network;
    }

    Suspicions<S> suspicions() {
        return suspicions;
    }

    /** The node, or null when the system has no such node. */
    @Nullable
    SimulatedNode<S> node(NodeId id) {
        return table().find(id);
    }

    Collection<SimulatedNode<S>> allNodes() {
        return table().all();
    }

    @Override
    SimulatedNode<S> existing(NodeId id) {
        SimulatedNode<S> node = table().find(id);
        if (node == null) {
            throw new IllegalArgumentException(id + " is no node of the system");
        }
        return node;
    }

    /** Something that happens at the node that has caused it. */
    void schedule(SimulatedNode<S> source, long atNanos, Runnable action) {
        schedule(source, source, atNanos, action);
    }

    /** Something that one node has caused and that happens at another. */
    void schedule(SimulatedNode<S> source, SimulatedNode<S> place, long atNanos, Runnable action) {
        timeline.add(atNanos, source.endpoint(), place.endpoint(), action);
    }

    /** Something that happens to a node though it is paused. */
    void scheduleOutside(SimulatedNode<S> source, long atNanos, Runnable action) {
        timeline.add(atNanos, source.endpoint(), WORLD, action);
    }

    void cancel(SimulatedAlarm alarm) {
        timeline.cancel(alarm);
    }

    Trace<S> trace() {
        return trace;
    }

    void decided(Decision decision) {
        trace.decision(existing(decision.node()), decision);
        account.decided(decision);
    }

    void turnedAway(SimulatedNode<S> node) {
        account.countTurnedAway();
        trace.world(node, "turned away");
    }

    Runnable sent(NodeId from, NodeId to, Envelope envelope) {
        return envelopeListener.sent(from, to, envelope);
    }

    /** Told once of each node and failure: it is asked at every event. */
    void neighboursUnanswered(SimulatedNode<S> node, RuntimeException failure) {
        account.failedOnce(node.id() + " cannot name its neighbours: " + failure);
    }

    void handlerFailed(SimulatedNode<S> node, Event event, String state, RuntimeException failure) {
        account.failed(node.id() + " " + event + " in " + state + ": " + failure);
        trace.world(node, "failed");
        if (!settings.node().isolateFailures()) {
            suspicions.silent(node);
            node.shutDown(nowNanos(), 0);
            network.crashed(node);
        }
    }
}
