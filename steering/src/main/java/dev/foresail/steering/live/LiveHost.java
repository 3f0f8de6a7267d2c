package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.predictor.node.ArmedTimer;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.NodeObserver;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.view.Picture;
import dev.foresail.steering.control.EventFilter;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSwitch;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.detector.SuspicionListener;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.OneLine;
import dev.foresail.steering.security.Credentials;
import dev.foresail.steering.storage.NeighbourStore;
import dev.foresail.steering.transport.Identity;
import dev.foresail.steering.transport.Transport;
import dev.foresail.steering.transport.TransportListener;
import dev.foresail.steering.wire.WireCodec;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a {@link NodeRuntime} on a Netty event loop. Everything runs on the loop, but for the constructor and
 * {@link #listen}.
 */
final class LiveHost<S> implements Host, NodeObserver, TransportListener, SuspicionListener {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);
    private static final long NUMBERS_PER_MILLISECOND = 1000;
    private static final long OF_INTEREST_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Where the time of day is unknown. */
    private static final long LEAST_HIGHEST_NUMBER = 1L << 40;

    private final EventLoop loop;
    private final LiveParts<S> parts;
    private final Machine<S> machine;
    private final NodeId self;
    private final NodeStatistics statistics = new NodeStatistics();
    private final PendingCalls calls = new PendingCalls();
    private final LiveWarnings warnings;
    private final LiveLog<S> log;
    private final LimitedLog failures;
    private final MeasuredLinkDelays delays;
    private final LiveNews news;
    private final HeartbeatKeys heartbeatKeys;
    private final LiveDetector detector;
    private final Transport transport;
    private final LiveDatagrams datagrams;
    private final SteeringSwitch<S> steering;
    private final NodeRuntime<S> runtime;
    private final Optional<OutputCommit<S>> commit;
    private final Optional<NeighbourKeeper<S>> neighbours;
    private final Consumer<NodeFailure> failed;
    private volatile boolean ended;
    private volatile boolean serving;

    /**
     * @param writer where durable state is written
     * @param failed is told, on the loop, once, that the node has to end
     */
    LiveHost(EventLoop loop, LiveParts<S> parts, Executor writer, PredictionPool pool, Consumer<NodeFailure> failed) {
        this.loop = loop;
        this.parts = parts;
        this.machine = parts.machine();
        this.self = parts.configuration().self();
        this.failed = failed;
        this.failures = new LimitedLog(LOG, loop);
        this.delays = new MeasuredLinkDelays(parts.surroundings().knowledge().plane());
        this.detector = new LiveDetector(parts.configuration().failureDetector().isUsedWith(machine));
        this.heartbeatKeys = detector.isUsed() ? HeartbeatKeys.draw() : HeartbeatKeys.none();
        this.warnings = new LiveWarnings(self, new LimitedLog(LOG, loop), statistics);
        this.log = new LiveLog<>(parts);
        this.news = new LiveNews(
                self,
                parts.surroundings().knowledge(),
                delays,
                parts.surroundings().clock(),
                new LimitedLog(LOG, loop),
                pool.unhurried());
        this.transport = new Transport(transportParts());
        this.datagrams = LiveDatagrams.of(parts, transport, detector);
        LiveSurroundings surroundings = parts.surroundings();
        Resolver<S> resolver = Resolvers.create(
                parts.configuration().resolver(),
                machine,
                new Resolvers.Surroundings(delays, pool.handingOverTo(this::handOver), self, LOG::warn),
                surroundings.clock(),
                RandomStream.of(surroundings.lookAheadSeed(), "resolver", self.value(), parts.incarnation())
                        .nextLong());
        this.steering = LiveSteering.of(
                parts,
                pool.handingOverTo(this::handOver),
                writer,
                () -> ended,
                statistics,
                LiveSteering.Logs.of(loop, warnings, property -> handOver(() -> log.violated(property))));
        this.runtime = new NodeRuntime<>(
                machine,
                self,
                parts.state(),
                new NodeRuntime.NodeParts<>(this, parts.configuration().node(), resolver, steering.current(), this),
                RandomStream.of(surroundings.seed(), "node", self.value(), parts.incarnation())::nextInt);
        runtime.recall(parts.facts());
        this.commit = parts.storage()
                .map(storage -> new OutputCommit<>(
                        new OutputCommit.Contents<>(
                                machine, runtime::state, runtime::stableFacts, runtime::stableFactsRevision),
                        storage,
                        new OutputCommit.Threads(this::handOver, writer),
                        this::broke));
        this.neighbours = parts.configuration()
                .storage()
                .map(file -> new NeighbourKeeper<>(
                        NeighbourStore.besides(file, machine, self, parts.template()),
                        runtime::neighbourCheckpoints,
                        task -> schedule(NeighbourKeeper.INTERVAL_NANOS, task),
                        surroundings,
                        writer));
        neighbours.ifPresent(kept -> runtime.recallNeighbours(kept.load()));
    }

    private Transport.Parts transportParts() {
        LiveSurroundings surroundings = parts.surroundings();
        return new Transport.Parts(
                loop,
                new Identity(machine.protocol(), machine.schema(), self, parts.incarnation()),
                heartbeatKeys,
                parts.configuration().security().map(security -> Credentials.load(security, self)),
                new WireCodec<>(
                        machine,
                        parts.template(),
                        surroundings.clock(),
                        surroundings.transport().maxFrameBytes(),
                        statistics.checkpointTraffic()),
                surroundings.addresses(),
                surroundings.conditions(),
                surroundings.transport(),
                UrgentFirst.before(this, machine, UrgentFirst.turnsOf(loop)),
                Optional.of(news));
    }

    /** Blocks until the node listens; not on the loop. */
    InetSocketAddress listen() {
        log.follow(runtime);
        InetSocketAddress address = transport.listen(parts.configuration().listen());
        log.followPaths(runtime, this, loop);
        detector.listen(parts, heartbeatKeys, this, address);
        detector.handOn(datagrams::offer);
        return address;
    }

    /** Whom the failure detector is to care for may have changed. */
    private void tellOfInterest() {
        detector.interested(self, runtime.declaredNeighbours(), transport.connectedPeers());
        Alarm unused = schedule(OF_INTEREST_NANOS, this::tellOfInterest);
    }

    LiveDetector detector() {
        return detector;
    }

    NodeStatistics statistics() {
        return statistics;
    }

    boolean hasEnded() {
        return ended;
    }

    void start() {
        guarded(() -> {
                    new LoopWatch(this, statistics).start();
                    commit.ifPresent(OutputCommit::stepped);
                    detector.start();
                    if (detector.isUsed()) {
                        tellOfInterest();
                    }
                    if (parts.restart()) {
                        runtime.restart();
                    } else {
                        runtime.start();
                    }
                    serving = true;
                })
                .run();
    }

    /** Whether the protocol has been started, and the node has not ended; on any thread. */
    boolean isServing() {
        return serving;
    }

    LiveParts<S> parts() {
        return parts;
    }

    LiveLog<S> log() {
        return log;
    }

    List<EventFilter> filters() {
        return steering.filters();
    }

    SteeringMode steeringMode() {
        return steering.mode();
    }

    /** @return the mode before */
    SteeringMode switchSteering(SteeringMode mode) {
        SteeringMode before = steering.mode();
        steering.switchTo(mode).ifPresent(runtime::steer);
        LOG.info("{}: steering was switched from {} to {}", self, before.label(), mode.label());
        return before;
    }

    List<NodeId> connectedPeers() {
        return transport.connectedPeers();
    }

    void call(String name, List<Object> arguments, CompletableFuture<Void> done) {
        if (ended || runtime.hasFailed()) {
            done.completeExceptionally(endedException());
            return;
        }
        calls.add(done);
        try {
            log.weighsCall(name, arguments);
            runtime.call(name, arguments);
        } catch (ProtocolException refused) {
            calls.refused(refused);
        } catch (Throwable thrown) {
            broke(thrown);
        }
    }

    /** On any thread; throws FS106. */
    List<Object> freezeArguments(String name, List<Object> arguments) {
        return EventRules.call(machine, name, arguments).arguments();
    }

    IllegalStateException endedException() {
        return new IllegalStateException("the node " + self + " has ended");
    }

    S stateCopy() {
        return machine.copy(runtime.state());
    }

    SortedMap<NodeId, S> stableFacts() {
        return new TreeMap<>(runtime.stableFacts());
    }

    SortedMap<String, ArmedTimer> armedTimers() {
        return runtime.armedTimers();
    }

    Checkpoint<S> checkpoint() {
        return runtime.snapshot().own();
    }

    /** What the node knows now of itself and its neighbours, ready to be written by another thread. */
    Consumer<Path> snapshot() {
        List<Object> parameters =
                ParameterValues.read(machine.parameters(), parts.configuration().parameters());
        SystemSnapshot<S> snapshot = SystemSnapshot.of(runtime.roundSnapshot(), parameters, nowNanos());
        return file -> SnapshotFile.write(machine, snapshot, file);
    }

    Picture<S> picture() {
        SortedMap<NodeId, Channel> channels = new TreeMap<>();
        runtime.channels().forEach((peer, channel) -> channels.put(peer, channel.copy()));
        return new Picture<>(stateCopy(), channels, 0);
    }

    /**
     * Ends the node: nothing more is handled, sent or told. The connections are closed whatever the author's code throws.
     *
     * @return done when the durable state is written, failed when it cannot be
     */
    CompletableFuture<Void> end(boolean abrupt) {
        if (ended) {
            return CompletableFuture.completedFuture(null);
        }
        ended = true;
        serving = false;
        log.end();
        detector.close();
        datagrams.close();
        try {
            calls.endAll(endedException());
            return abrupt ? CompletableFuture.completedFuture(null) : finish();
        } finally {
            if (abrupt) {
                transport.kill();
            } else {
                transport.close();
            }
        }
    }

    /** Does something once all connections are closed, after the end. */
    void whenClosed(Runnable then) {
        transport.whenClosed(then);
    }

    private CompletableFuture<Void> finish() {
        try {
            neighbours.ifPresent(NeighbourKeeper::finish);
            return commit.map(OutputCommit::finish).orElseGet(() -> CompletableFuture.completedFuture(null));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** Runs a task of another thread on the loop, unless the node has ended. */
    private void handOver(Runnable task) {
        try {
            loop.execute(guarded(task));
        } catch (RejectedExecutionException over) {
            LOG.debug("{} has ended", self);
        }
    }

    /** A task that does nothing once the node has ended; what it throws ends the node. */
    private Runnable guarded(Runnable task) {
        return () -> {
            if (ended) {
                return;
            }
            try {
                task.run();
            } catch (Throwable thrown) {
                broke(thrown);
            }
        };
    }

    private void broke(Throwable thrown) {
        String state = described();
        try {
            LOG.error("[FS151] {} cannot go on, in state {}", self, state, thrown);
            log.broke(thrown);
        } finally {
            failed.accept(new NodeFailure("", state, thrown));
        }
    }

    private String described() {
        try {
            return machine.describe(runtime.state());
        } catch (Throwable thrown) {
            return "that cannot be described: " + thrown;
        }
    }

    @Override
    public long nowNanos() {
        return parts.surroundings().clock().getAsLong();
    }

    /** A million per second since 1970: the time of day is what nodes have in common without talking. */
    @Override
    public long highestCheckpointNumber() {
        return Math.max(LEAST_HIGHEST_NUMBER, parts.surroundings().epochMillis().getAsLong() * NUMBERS_PER_MILLISECOND);
    }

    /** Where certificates say who is who, not all who have one are taken to be honest about each other. */
    @Override
    public boolean believesRelays() {
        return parts.configuration().security().isEmpty();
    }

    @Override
    public long incarnation() {
        return parts.incarnation();
    }

    @Override
    public void send(NodeId to, Envelope envelope) {
        statistics.sent(envelope);
        if (to.equals(self)) {
            sendToItself(envelope);
            return;
        }
        if (LiveDatagrams.isDatagram(envelope)) {
            output(() -> datagrams.send(to, envelope));
        } else if (commit.isPresent()) {
            commit.get().outputTo(to, () -> transport.send(to, envelope));
        } else {
            transport.send(to, envelope);
        }
    }

    private void sendToItself(Envelope envelope) {
        log.weighsOwn(envelope);
        long delayNanos = parts.surroundings().conditions().ownDelayNanos();
        Runnable arrival = () -> runtime.receive(self, envelope);
        if (delayNanos == 0) {
            loop.execute(guarded(arrival));
        } else {
            schedule(delayNanos, arrival);
        }
    }

    @Override
    public void breakConnection(NodeId peer) {
        loop.execute(guarded(() -> transport.breakConnection(peer)));
    }

    @Override
    public boolean isSuspected(NodeId peer) {
        return detector.isSuspected(peer);
    }

    @Override
    public void introduced(Introduction introduction) {
        detector.introduced(introduction);
        datagrams.introduced(introduction);
    }

    @Override
    public void changed(SortedSet<NodeId> suspected) {
        statistics.suspects(suspected);
    }

    /** It may be heard again by the time that the event loop gets to it. */
    @Override
    public void suspected(NodeId peer) {
        if (machine.handlesSuspicions()) {
            handOver(() -> {
                if (detector.isSuspected(peer)) {
                    runtime.suspected(peer);
                }
            });
        }
    }

    @Override
    public void turnedAway(Event event) {
        statistics.turnedAway();
        if (event instanceof Event.Call call) {
            calls.failed(new NodeException(
                    "FS300",
                    "the call '" + call.name() + "' of " + self
                            + " is refused: it would violate a safety property; the log says which. Try again later"));
        }
    }

    private void output(Runnable output) {
        commit.ifPresentOrElse(durable -> durable.output(output), output);
    }

    @Override
    public Alarm schedule(long delayNanos, Runnable task) {
        ScheduledFuture<?> scheduled = loop.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void handlerFailed(Event event, String state, RuntimeException failure) {
        statistics.threw();
        failures.error("FS150", () -> "a handler of " + self + " threw on " + event + " in state " + state, failure);
        log.failed(failure);
        if (event instanceof Event.Call) {
            calls.failed(failure);
        }
        if (!parts.configuration().node().isolateFailures()) {
            loop.execute(guarded(() -> failed.accept(new NodeFailure(event.toString(), state, failure))));
        }
    }

    @Override
    public void noted(String text) {
        LOG.info("{}: {}", self, OneLine.of(text, LimitedLog.MAX_CHARACTERS));
    }

    @Override
    public void decided(Decision decision) {
        statistics.decided(decision, nowNanos() - decision.atNanos() + decision.elapsedNanos());
    }

    @Override
    public void handled(Event event) {
        statistics.handled();
        parts.observer().handled(self, runtime.state());
        commit.ifPresent(OutputCommit::stepped);
        if (event instanceof Event.Call) {
            output(calls.handled());
        }
    }

    @Override
    public void lost(NodeId peer) {
        delays.connectionBroke(peer);
    }

    @Override
    public void limited(NodeId peer) {
        warnings.limited(peer);
    }

    @Override
    public void gathered() {
        neighbours.ifPresent(NeighbourKeeper::gathered);
    }

    @Override
    public void heldBack() {
        statistics.checkpointsHeldBack();
    }

    @Override
    public void doubted(NodeId peer, String reason) {
        warnings.doubted(peer, reason);
    }

    @Override
    public void neighboursUnanswered(RuntimeException failure) {
        warnings.neighboursUnanswered(machine.protocol(), failure);
    }

    @Override
    public void roundTrip(NodeId peer, long nanos) {
        delays.roundTrip(peer, nanos, nowNanos());
    }

    @Override
    public void received(NodeId from, Envelope envelope, int frameBytes) {
        if (ended) {
            return;
        }
        try {
            log.weighs(envelope, frameBytes);
            runtime.receive(from, envelope);
            if (envelope instanceof Envelope.StableFacts) {
                commit.ifPresent(OutputCommit::stepped);
            }
        } catch (Throwable thrown) {
            broke(thrown);
        }
    }

    @Override
    public void sent(Envelope envelope, int frameBytes) {
        statistics.sent(envelope, frameBytes);
        log.weighs(envelope, frameBytes);
        runtime.sent(envelope, frameBytes);
    }

    @Override
    public void connectionError(NodeId peer) {
        guarded(() -> {
                    commit.ifPresent(durable -> durable.broken(peer));
                    datagrams.unlinked(peer);
                    runtime.connectionError(peer);
                })
                .run();
    }

    @Override
    public void unusedLinkBroken(NodeId peer) {
        if (!datagrams.unlinked(peer)) {
            connectionError(peer);
        }
    }
}
