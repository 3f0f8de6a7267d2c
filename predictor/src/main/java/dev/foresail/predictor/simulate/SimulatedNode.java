package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.NodeObserver;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.resolve.Resolvers;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node in the simulator: hosts a {@link NodeRuntime} in virtual time. Tasks of an earlier incarnation never run. Not
 * thread-safe.
 */
final class SimulatedNode<S> implements Host, NodeObserver, PredictionExecutor {
    /** What fits into one packet does not show how fast packets follow each other. */
    private static final long LEAST_TRAIN_BYTES = 3_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Simulation<S> simulation;
    private final NodeId id;
    private final int endpoint;
    /** The connections that this node holds, by peer. These maps are made when they are needed. */
    private SortedMap<NodeId, Connection> connections = Collections.emptySortedMap();
    /** The last incarnation of each peer to which a connection broke: nothing of it is heard any more. */
    private SortedMap<NodeId, Long> brokenIncarnations = Collections.emptySortedMap();

    /** The peers that this node's failure detector listens to. */
    private SortedMap<NodeId, PeerWatch> watches = Collections.emptySortedMap();

    /** Made when it is needed: it is large, and only look-ahead uses it. */
    private Optional<MeasuredLinkDelays> delays = Optional.empty();

    private RandomStream world;
    private Optional<Resolver<S>> resolver = Optional.empty();
    private @Nullable NodeRuntime<S> runtime;
    private long incarnation;
    private long crashes;
    private boolean up;
    private boolean isProbed;
    private double uplinkBytesPerSecond = Double.POSITIVE_INFINITY;
    private long predictorFreeAtNanos;
    private long noticedFromNanos;
    private long noticedWithinNanos;
    private long silentlyLost;
    private long bootedAtNanos;
    private long beatingSinceNanos;
    /** What is due while the node is paused or busy; made when it first may be. */
    private @Nullable Backlog<S> backlog;
    /** As long as there is none, the node's time is the world's. */
    private @Nullable NodeClock clock;

    private @Nullable Disk<S> disk;

    SimulatedNode(Simulation<S> simulation, NodeId id, int endpoint) {
        this.simulation = simulation;
        this.id = id;
        this.endpoint = endpoint;
        this.world = worldOf(simulation.settings().seed(), endpoint);
    }

    /** What the world draws for a node, from the beginning. */
    static RandomStream worldOf(long seed, int endpoint) {
        return RandomStream.of(seed, "node", endpoint);
    }

    /** One side of a connection. */
    static final class Connection {
        final long peerIncarnation;
        /** Broken from one of its ends: nothing more arrives over it, though the other end may not have noticed. */
        boolean closed;
        /** Cut one way: nothing more that was sent from this end arrives. */
        boolean mute;
        /** Cut one way, whichever: once this end notices, the connection is closed. */
        boolean doomed;

        long lastArrivalNanos;
        /** When it is set up, and what was sent until then begins to leave; negative when it takes no time. */
        long setUpAtNanos = -1;
        /** When the break will be noticed; {@link Long#MAX_VALUE} while there is none. */
        long breakAtNanos = Long.MAX_VALUE;

        Connection(long peerIncarnation) {
            this.peerIncarnation = peerIncarnation;
        }
    }

    /** The connections that this node holds, by peer; to be looked at only. */
    SortedMap<NodeId, Connection> connections() {
        return connections;
    }

    /** The connection to a peer; opened to this incarnation of it when there is none. */
    Connection connectionTo(NodeId peer, long peerIncarnation) {
        if (connections.isEmpty()) {
            connections = new TreeMap<>();
        }
        return connections.computeIfAbsent(peer, opened -> new Connection(peerIncarnation));
    }

    /** There is no connection to the peer any more; returns the one there was. */
    Optional<Connection> disconnected(NodeId peer) {
        return connections.isEmpty() ? Optional.empty() : Optional.ofNullable(connections.remove(peer));
    }

    /** The last incarnation of a peer to which a connection broke; 0 when none did. */
    long brokenIncarnation(NodeId peer) {
        return brokenIncarnations.getOrDefault(peer, 0L);
    }

    void broke(NodeId peer, long peerIncarnation) {
        if (brokenIncarnations.isEmpty()) {
            brokenIncarnations = new TreeMap<>();
        }
        brokenIncarnations.put(peer, peerIncarnation);
    }

    /** What this node's failure detector knows of its peers; to be looked at only. */
    SortedMap<NodeId, PeerWatch> watches() {
        return watches;
    }

    void watch(NodeId peer, PeerWatch watch) {
        if (watches.isEmpty()) {
            watches = new TreeMap<>();
        }
        watches.put(peer, watch);
    }

    void unwatch(NodeId peer) {
        if (!watches.isEmpty()) {
            watches.remove(peer);
        }
    }

    NodeId id() {
        return id;
    }

    int endpoint() {
        return endpoint;
    }

    boolean isUp() {
        return up;
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    /** When a peer of the crashed node can notice: at a time of its own, which is always the same for the same crash. */
    long noticedFromNanos(SimulatedNode<S> peer) {
        double share = RandomStream.of(simulation.settings().seed(), "notice", endpoint, incarnation, peer.endpoint)
                .nextDouble();
        return noticedFromNanos + (long) (share * noticedWithinNanos);
    }

    /** What runs here, or ran here last; the node must have been started. */
    NodeRuntime<S> runtime() {
        return Objects.requireNonNull(runtime, "the node has not been started");
    }

    /** The state of what runs here, or ran here last. */
    S state() {
        return runtime().state();
    }

    /** From now on what is written of durable fields is remembered. */
    void rememberWrites(int most) {
        S like = runtime == null
                ? simulation.settings().machine().create(simulation.settings().parameters())
                : state();
        disk = new Disk<>(simulation.settings().machine(), most, like);
    }

    /** @throws IllegalStateException when nothing of it is remembered */
    Disk<S> disk() {
        if (disk == null) {
            throw new IllegalStateException("what " + id + " has written is not remembered: call rememberWrites first");
        }
        return disk;
    }

    /** The world's draws for this node: its delays and what its handlers draw. */
    RandomStream world() {
        return world;
    }

    void reseed(long seed) {
        world = worldOf(seed, endpoint);
    }

    /** What resolves the choices of what runs here, or will run here first. */
    Resolver<S> resolver() {
        if (resolver.isEmpty()) {
            long lookAheadSeed = RandomStream.of(
                            simulation.settings().lookAheadSeed(), "resolver", endpoint, Math.max(1, incarnation))
                    .nextLong();
            resolver = Optional.of(simulation
                    .resolvers()
                    .create(
                            id,
                            this::nowNanos,
                            new Resolvers.Surroundings(new OwnDelays(), this, id, notice -> {}),
                            lookAheadSeed));
        }
        return resolver.get();
    }

    void boot(S state) {
        takeOver(state);
        simulation.account().replaced(id);
    }

    /** As {@link #boot}, with the state that the node has had without a runtime: nobody is told. */
    void takeOver(S state) {
        incarnation++;
        up = true;
        connections = Collections.emptySortedMap();
        brokenIncarnations = Collections.emptySortedMap();
        watches = Collections.emptySortedMap();
        bootedAtNanos = simulation.nowNanos();
        beatingSinceNanos = simulation.nowNanos();
        resolver = incarnation > 1 ? Optional.empty() : resolver;
        if (disk != null) {
            disk.begin(state);
        }
        runtime = new NodeRuntime<>(
                simulation.settings().machine(),
                id,
                state,
                new NodeRuntime.NodeParts<>(
                        this,
                        simulation.settings().node(),
                        resolver(),
                        simulation.steering().create(id, this),
                        this),
                bound -> world.nextInt(bound));
        runtime.followPaths(simulation.account().pathFollowers().of(id, incarnation));
        runtime.listen(simulation.account().stepListeners().of(id));
    }

    /** Somebody wants the node to be down, whether it is up or not. */
    void countCrash() {
        crashes++;
    }

    /** Another number after each start and each crash. */
    long latestCrash() {
        return incarnation + crashes;
    }

    /** What is known here of links and slow nodes. */
    MeasuredLinkDelays delays() {
        if (delays.isEmpty()) {
            MeasuredLinkDelays own = new MeasuredLinkDelays(id);
            own.consult(simulation.providers());
            delays = Optional.of(own);
        }
        return delays.get();
    }

    /** This node's network model, which is made when it is first asked or told something. */
    private final class OwnDelays implements LinkDelays {
        @Override
        public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
            return delays().sampleNanos(from, to, random);
        }

        @Override
        public OptionalDouble figure(NodeId from, NodeId to, LinkFigure figure) {
            return delays().figure(from, to, figure);
        }

        @Override
        public OptionalDouble provided(NodeId from, NodeId to, String figure) {
            return delays().provided(from, to, figure);
        }

        @Override
        public long serviceNanos(NodeId node) {
            return delays().serviceNanos(node);
        }

        @Override
        public long transferNanos(NodeId from, NodeId to, long bytes, RandomGenerator random) {
            return delays().transferNanos(from, to, bytes, random);
        }

        @Override
        public long uplinkNanos(NodeId node, long bytes) {
            return delays().uplinkNanos(node, bytes);
        }
    }

    /** From now on links are measured by probes, and not by the way by rounds of gathering, in which a busy node answers late. */
    void measureByProbes() {
        isProbed = true;
    }

    /** How long events take here, as far as the node has seen. */
    long usualServiceNanos() {
        return backlog == null ? 0 : backlog.usualNanos();
    }

    /** What this node's access has taken out at a time, in bytes per second, as far as the node has seen; infinite before. */
    double uplinkBytesPerSecond() {
        return uplinkBytesPerSecond;
    }

    /** Bytes of this node have gone through its access, which has taken so long for them. */
    void sentOut(long bytes, long nanos) {
        if (bytes >= LEAST_TRAIN_BYTES && nanos > 0) {
            uplinkBytesPerSecond = bytes / (nanos / NANOS_PER_SECOND);
            if (resolver().looksAhead()) {
                delays().sendsOut(id, uplinkBytesPerSecond);
            }
        }
    }

    /** Bytes of a peer have come in, the last of them so long after the first. */
    void tookIn(NodeId peer, long bytes, long nanos) {
        if (bytes >= LEAST_TRAIN_BYTES && nanos > 0 && resolver().looksAhead()) {
            delays().tookIn(peer, bytes, nanos, nowNanos());
        }
    }

    void shutDown(long noticedFrom, long noticedWithin) {
        up = false;
        noticedFromNanos = noticedFrom;
        noticedWithinNanos = noticedWithin;
        connections = Collections.emptySortedMap();
        if (backlog != null) {
            backlog.clear();
        }
        simulation.account().replaced(id);
    }

    /** Ends this incarnation; nobody is told. */
    void shutDownSilently() {
        silentlyLost = incarnation;
        shutDown(simulation.nowNanos(), 0);
    }

    /** Whether an incarnation has ended without its peers being told, so that only the use of a connection tells them. */
    boolean hasSilentlyLost(long ended) {
        return ended <= silentlyLost;
    }

    /** What is due while the node is paused or busy. */
    Backlog<S> backlog() {
        if (backlog == null) {
            backlog = new Backlog<>(simulation, this);
        }
        return backlog;
    }

    /** The backlog of a node that has taken time for what it handled. */
    Optional<Backlog<S>> served() {
        return Optional.ofNullable(backlog).filter(Backlog::hasServed);
    }

    boolean isPaused() {
        return backlog != null && backlog.isPaused();
    }

    /** How long this node has been paused so far, all in all. */
    long pausedNanos() {
        return backlog == null ? 0 : backlog.pausedNanos();
    }

    /** When what runs here was started. */
    long bootedAtNanos() {
        return bootedAtNanos;
    }

    /** Since when heartbeats are sent: since the start or the end of the last pause. */
    long beatingSinceNanos() {
        return beatingSinceNanos;
    }

    /** A pause is over. */
    void woke() {
        beatingSinceNanos = simulation.nowNanos();
    }

    /** Whether the node is paused or busy, so that what happens waits. */
    boolean keepsWaiting(Runnable happening) {
        return backlog != null && backlog.takes(happening);
    }

    /** By the node's own clock. */
    @Override
    public long nowNanos() {
        return clock == null ? simulation.nowNanos() : clock.read(simulation.nowNanos());
    }

    /** Changes the clock; timers go off when it reads what they were set to. */
    void setClock(Consumer<NodeClock> change) {
        if (clock == null) {
            clock = new NodeClock(simulation.nowNanos());
        }
        change.accept(clock);
        if (up) {
            runtime().clockChanged();
        } else {
            // What was measured by the clock as it was may be later than now.
            delays = Optional.empty();
        }
    }

    /** Simulated nodes do not lie. */
    @Override
    public long highestCheckpointNumber() {
        return 1L << 62;
    }

    @Override
    public boolean believesRelays() {
        return true;
    }

    @Override
    public void send(NodeId to, Envelope envelope) {
        simulation.network().send(this, to, envelope);
    }

    @Override
    public void breakConnection(NodeId peer) {
        schedule(0, () -> simulation.network().breakFrom(this, peer));
    }

    @Override
    public boolean isSuspected(NodeId peer) {
        return simulation.suspicions().isSuspected(this, peer);
    }

    @Override
    public Alarm schedule(long delayNanos, Runnable task) {
        SimulatedAlarm alarm = new SimulatedAlarm(this, task);
        long worldNanos = simulation.nowNanos();
        long atNanos = clock == null ? Simulation.later(worldNanos, delayNanos) : clock.after(worldNanos, delayNanos);
        simulation.schedule(this, atNanos, alarm);
        return alarm;
    }

    void cancel(SimulatedAlarm alarm) {
        simulation.cancel(alarm);
    }

    /** An alarm of this incarnation goes off. */
    void alarmed() {
        simulation.trace().alarm(endpoint);
    }

    @Override
    public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
        P made = prediction.get();
        long cost = simulation.settings().costNanos(made);
        long worldNanos = simulation.nowNanos();
        predictorFreeAtNanos = Math.max(predictorFreeAtNanos, worldNanos) + cost;
        schedule(predictorFreeAtNanos - worldNanos, () -> whenDone.accept(Optional.of(made)));
    }

    @Override
    public void handlerFailed(Event event, String state, RuntimeException failure) {
        simulation.handlerFailed(this, event, state, failure);
    }

    @Override
    public void neighboursUnanswered(RuntimeException failure) {
        simulation.neighboursUnanswered(this, failure);
    }

    @Override
    public void turnedAway(Event event) {
        simulation.turnedAway(this);
    }

    @Override
    public void noted(String text) {}

    @Override
    public void decided(Decision decision) {
        simulation.decided(decision);
    }

    @Override
    public void roundTrip(NodeId peer, long nanos) {
        if (!isProbed) {
            delays().roundTrip(peer, nanos, nowNanos());
        }
    }

    @Override
    public void lost(NodeId peer) {
        delays.ifPresent(known -> known.connectionBroke(peer));
    }

    @Override
    public void handles(Event event) {
        simulation.account().handles(id(), event);
    }

    @Override
    public void handled(Event event) {
        if (disk != null) {
            disk.handled(state());
        }
        simulation.account().handled(id(), event);
        simulation.account().goesOn();
    }
}
