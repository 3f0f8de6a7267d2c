package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.scenario.FaultRules;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.emulation.EmulatedNetwork;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A system of live nodes on the loopback addresses of this machine, with real TCP connections whose links emulate a topology.
 * Plays one scenario in real time. Scenarios run on the stage's own thread.
 *
 * @param <S> the protocol's state
 */
// Actions, calls and nodes report their failures themselves.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LiveStage<S> implements Stage, AutoCloseable {
    private static final long ANSWER_SECONDS = 10;
    /** The end of a socket is noticed at once in other processes, where the crash is to be known by then. */
    private static final Duration KNOWN_ELSEWHERE_AFTER = Duration.ofMillis(25);

    private final LiveStageSettings<S> settings;
    private final StageShare share;
    private final LoopbackAddresses addresses;
    private final EmulatedNetwork network;
    private final PredictionPool pool;
    private final LiveBoot<S> boot;
    private final RandomStream random;
    private final LiveTotals totals = new LiveTotals();
    private final SortedMap<NodeId, Deployed> deployed = new TreeMap<>();
    /** Of nodes of other processes, whether they are up. */
    private final SortedMap<NodeId, Boolean> elsewhere = new TreeMap<>();

    private final SortedMap<String, Double> records = new TreeMap<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("foresail-stage", true));
    /** For each there is a task of the thread, which does the earliest one of those that are left. */
    private final Queue<Planned> planned = new PriorityBlockingQueue<>();

    private final AtomicLong plannedCount = new AtomicLong();
    private Duration longestLateness = Duration.ZERO;
    private long beganNanos;

    /** Nodes that do not steer, and that nobody watches. */
    public LiveStage(LiveStageSettings<S> settings) {
        this(settings, UnaryOperator.identity(), LiveObserver.none());
    }

    /**
     * A stage whose nodes are watched.
     *
     * @param configured what is different in each node's configuration, such as {@link NodeConfiguration#with(SteeringMode)};
     *     who a node is, where it listens and the protocol's parameters stay as they are
     */
    public LiveStage(
            LiveStageSettings<S> settings, UnaryOperator<NodeConfiguration> configured, LiveObserver<S> observer) {
        this(settings, configured, observer, StageShare.WHOLE);
    }

    /** As {@link #LiveStage(LiveStageSettings, UnaryOperator, LiveObserver)}, of whose nodes some are in other processes. */
    public LiveStage(
            LiveStageSettings<S> settings,
            UnaryOperator<NodeConfiguration> configured,
            LiveObserver<S> observer,
            StageShare share) {
        this.settings = settings;
        this.share = share;
        this.addresses = share.addresses().isEmpty()
                ? new LoopbackAddresses(settings.nodes())
                : new LoopbackAddresses(share.addresses());
        Map<NodeId, Integer> endpoints = new HashMap<>();
        settings.nodes().forEach(node -> endpoints.put(node, endpoints.size()));
        this.network = new EmulatedNetwork(settings.topology(), endpoints, settings.seed(), RealClock::nanos);
        this.pool = new PredictionPool(settings.predictionThreads());
        this.boot = new LiveBoot<>(
                settings, new LiveBoot.Watched<>(configured, observer), addresses, network, pool, totals);
        this.random = RandomStream.of(settings.seed(), "scenario");
        this.beganNanos = RealClock.nanos();
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What is to be done, and when; of one time, in the order in which it was asked for. */
    private record Planned(Duration time, long number, Runnable action) implements Comparable<Planned> {
        private static final Comparator<Planned> ORDER =
                Comparator.comparing(Planned::time).thenComparing(Planned::number);

        @Override
        public int compareTo(Planned other) {
            return ORDER.compare(this, other);
        }
    }

    /** A node of the system that was started at least once; on the stage's thread. */
    private static final class Deployed {
        private ForesailNode node;
        private long incarnation = 1;
        private long crashes;
        private boolean up = true;
        private boolean ended;

        Deployed(ForesailNode node) {
            this.node = node;
        }
    }

    /**
     * Plays a scenario until it ends the run, at most for {@code limit}, and ends all nodes. Blocks; once per stage.
     *
     * @throws IllegalStateException when an action of the scenario throws
     */
    public LiveOutcome play(Scenario scenario, List<Object> values, Duration limit) {
        return play(scenario, values, limit, RealClock.nanos());
    }

    /**
     * As {@link #play(Scenario, List, Duration)}, from a time on.
     *
     * @param fromNanos of {@link RealClock#nanos}, which processes of one machine share
     */
    public LiveOutcome play(Scenario scenario, List<Object> values, Duration limit, long fromNanos) {
        beganNanos = fromNanos;
        network.begin();
        at(Duration.ZERO, () -> scenario.play(this, values));
        boolean finished;
        try {
            finished = end.get(limit.minus(now()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            finished = false;
        } catch (ExecutionException thrown) {
            close();
            throw new IllegalStateException("the scenario '" + scenario.name() + "' failed", thrown.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            finished = false;
        }
        Duration lasted = now();
        close();
        return totals.outcome(records, longestLateness, lasted, finished);
    }

    /** The links, to cut and heal while the scenario is played. */
    public EmulatedNetwork network() {
        return network;
    }

    /** Where all nodes listen, for {@link StageShare}s of other processes. */
    public Map<NodeId, InetSocketAddress> addresses() {
        return addresses.all();
    }

    @Override
    public List<NodeId> nodes() {
        return settings.nodes();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(RealClock.nanos() - beganNanos);
    }

    /** When the stage is late, what is overdue is done in the order of its times, as if it were not. */
    @Override
    public void at(Duration time, Runnable action) {
        planned.add(new Planned(time, plannedCount.getAndIncrement(), action));
        try {
            thread.schedule(this::actNext, time.minus(now()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException over) {
            end.complete(true);
        }
    }

    private void actNext() {
        Planned next = planned.remove();
        if (end.isDone()) {
            return;
        }
        Duration late = now().minus(next.time());
        longestLateness = late.compareTo(longestLateness) > 0 ? late : longestLateness;
        try {
            next.action().run();
        } catch (RuntimeException | Error thrown) {
            end.completeExceptionally(thrown);
        }
    }

    @Override
    public void start(NodeId id) {
        checkExists(id);
        if (deployed.containsKey(id) || elsewhere.containsKey(id)) {
            throw new IllegalStateException(id + " was started already");
        }
        if (!share.hosts().test(id)) {
            elsewhere.put(id, true);
            return;
        }
        deployed.put(id, new Deployed(boot.anew(id, 1)));
    }

    @Override
    public void crash(NodeId id, Duration noticedAfter, Duration noticedWithin) {
        if (deployed.containsKey(id)) {
            existing(id).crashes++;
        }
        if (isUp(id)) {
            network.crashing(id, RealClock.nanos() + noticedAfter.toNanos(), noticedWithin.toNanos());
            if (elsewhere.containsKey(id)) {
                elsewhere.put(id, false);
            } else if (share.equals(StageShare.WHOLE)) {
                kill(existing(id));
            } else {
                existing(id).up = false;
                at(now().plus(KNOWN_ELSEWHERE_AFTER), () -> kill(existing(id)));
            }
        }
    }

    @Override
    public long latestCrash(NodeId id) {
        checkExists(id);
        if (elsewhere.containsKey(id)) {
            return isUp(id) ? 1 : 2;
        }
        Deployed node = deployed.get(id);
        return node == null ? 0 : node.incarnation + node.crashes;
    }

    private void kill(Deployed node) {
        node.up = false;
        node.ended = true;
        node.node.kill();
        totals.ended(node.node.statistics());
    }

    @Override
    public void restart(NodeId id) {
        Deployed node = crashed(id);
        node.incarnation++;
        node.node = boot.again(id, node.node, node.incarnation);
        node.up = true;
        node.ended = false;
    }

    @Override
    public void restartAnew(NodeId id) {
        startAnew(id, crashed(id));
    }

    private Deployed crashed(NodeId id) {
        Deployed node = existing(id);
        if (isUp(id)) {
            throw new IllegalStateException(id + " has not crashed");
        }
        if (node.up) {
            totals.ended(node.node.statistics());
        }
        return node;
    }

    private void startAnew(NodeId id, Deployed node) {
        node.incarnation++;
        node.node = boot.anew(id, node.incarnation);
        node.up = true;
        node.ended = false;
    }

    @Override
    public void silentReset(NodeId id) {
        if (isUp(id)) {
            Deployed node = existing(id);
            network.silentlyReset(id, node.incarnation);
            kill(node);
            startAnew(id, node);
        }
    }

    @Override
    public void breakConnection(NodeId one, NodeId other) {
        checkPair(one, other);
        network.breakConnection(one, other);
    }

    @Override
    public void cut(NodeId one, NodeId other, Duration duration, Duration noticedAfter) {
        checkPair(one, other);
        network.cut(one, other, FaultRules.nanos(duration), FaultRules.nanos(noticedAfter));
    }

    private void checkPair(NodeId one, NodeId other) {
        FaultRules.checkPair(one, other);
        checkExists(one);
        checkExists(other);
    }

    @Override
    public void pause(NodeId id, Duration duration) {
        long nanos = FaultRules.nanos(duration);
        if (isUp(id)) {
            existing(id).node.pause(Duration.ofNanos(nanos));
        }
    }

    @Override
    public void call(NodeId id, String name, List<Object> arguments) {
        if (isHere(id)) {
            existing(id).node.call(name, arguments.toArray()).whenComplete((done, failure) -> {
                if (failure != null) {
                    totals.failed("call of " + name + " at " + id + ": " + failure);
                }
            });
        }
    }

    @Override
    public boolean isUp(NodeId id) {
        checkExists(id);
        return elsewhere.getOrDefault(id, false) || isHere(id);
    }

    /** Whether a node is up, and in this process. */
    private boolean isHere(NodeId id) {
        Deployed node = deployed.get(id);
        return node != null && node.up && !node.node.failure().isDone();
    }

    @Override
    public Optional<Object> state(NodeId id) {
        return isHere(id) ? answer(existing(id).node.snapshotState()) : Optional.empty();
    }

    /** A node that is up, to be asked and called from outside; empty when it is down. On the stage's thread. */
    public Optional<ForesailNode> running(NodeId id) {
        return isHere(id) ? Optional.of(existing(id).node) : Optional.empty();
    }

    /** The whole system as it is now; the nodes are asked one after the other. On the stage's thread. */
    public PictureView<S> view() {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        for (NodeId id : nodes()) {
            if (isHere(id)) {
                answer(existing(id).node.picture()).ifPresent(picture -> pictures.put(id, typed(picture)));
            }
        }
        return new PictureView<>(settings.machine(), pictures, true);
    }

    /**
     * A consistent set of checkpoints of all running nodes. All are asked at once, and nothing is stopped meanwhile: where a
     * message shows as received that does not show as sent, all are asked again. On the stage's thread.
     *
     * @param attempts how often at most, at least 1
     * @return of the consistent sets the one with the fewest messages in flight whose content is not known; empty when none
     *     was consistent
     */
    public Optional<SystemSnapshot<S>> snapshot(int attempts) {
        Optional<SystemSnapshot<S>> best = Optional.empty();
        for (int attempt = 0; attempt < attempts; attempt++) {
            SystemSnapshot<S> taken = snapshot();
            if (taken.contradictions().isEmpty()) {
                if (best.isEmpty() || taken.unknownInFlight() < best.get().unknownInFlight()) {
                    best = Optional.of(taken);
                }
                if (taken.unknownInFlight() == 0) {
                    break;
                }
            }
        }
        return best;
    }

    private SystemSnapshot<S> snapshot() {
        SortedMap<NodeId, CompletableFuture<Checkpoint<?>>> asked = new TreeMap<>();
        nodes().stream()
                .filter(this::isHere)
                .forEach(id -> asked.put(id, existing(id).node.checkpoint()));
        SortedMap<NodeId, SystemSnapshot.Known<S>> known = new TreeMap<>();
        asked.forEach((id, question) -> answer(question)
                .ifPresent(checkpoint ->
                        known.put(id, new SystemSnapshot.Known<>(settings.parameters(), typed(checkpoint)))));
        return new SystemSnapshot<>(RealClock.nanos(), known);
    }

    private Checkpoint<S> typed(Checkpoint<?> taken) {
        S state = settings.machine().stateType().cast(taken.state());
        return new Checkpoint<>(
                taken.node(),
                taken.number(),
                state,
                taken.timers(),
                taken.deferred(),
                taken.channels(),
                taken.connections());
    }

    private Picture<S> typed(Picture<?> picture) {
        return new Picture<>(
                settings.machine().stateType().cast(picture.state()), picture.channels(), picture.ageNanos());
    }

    /** Empty when the node has ended meanwhile. */
    private static <T> Optional<T> answer(CompletableFuture<T> question) {
        try {
            return Optional.of(question.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException ended) {
            return Optional.empty();
        } catch (TimeoutException stuck) {
            throw new IllegalStateException("a node does not answer for " + ANSWER_SECONDS + " s", stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void record(String name, double value) {
        records.put(name, value);
    }

    @Override
    public void finish() {
        end.complete(true);
    }

    private void checkExists(NodeId id) {
        if (!addresses.knows(id)) {
            throw new IllegalArgumentException(id + " is no node of the system");
        }
    }

    private Deployed existing(NodeId id) {
        checkExists(id);
        Deployed node = deployed.get(id);
        if (node == null) {
            throw new IllegalStateException(id + " was never started");
        }
        return node;
    }

    /** Ends all nodes, if {@link #play} has not. */
    @Override
    public void close() {
        end.complete(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an action of the scenario does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        deployed.values().stream().filter(node -> !node.ended).forEach(this::kill);
        pool.close();
        addresses.close();
    }
}
