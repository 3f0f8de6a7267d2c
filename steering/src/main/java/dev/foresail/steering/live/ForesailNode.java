package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.CascadingTimeOut;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.view.Picture;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.operations.OperationsServer;
import dev.foresail.steering.storage.NodeStorage;
import dev.foresail.steering.transport.SocketKind;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live node: the embedding API.
 *
 * <pre>{@code
 * try (ForesailNode node = ForesailNode.start(configuration)) {
 *     node.call("join", NodeId.of(1)).join();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, but {@link #start}, {@link #close} and {@link #kill} wait, and must not be
 * called on an event loop. The node's threads are daemons: they do not keep a program alive.
 */
public final class ForesailNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);

    private static final long END_TIMEOUT_SECONDS = 10;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Pause pause;
    private final LiveHost<?> host;
    private final ExecutorService writer;
    private final Optional<PredictionPool> ownPool;
    private final InetSocketAddress address;
    private final Optional<OperationsServer> operations;
    private volatile Optional<Throwable> notWritten = Optional.empty();
    private final CompletableFuture<NodeFailure> failure = new CompletableFuture<>();
    /** One for all who ask: each copy would be kept as long as the node does not fail. */
    private final CompletableFuture<NodeFailure> told = failure.copy();

    private final LiveProviders providers;

    private <S> ForesailNode(LiveParts<S> parts) {
        String name = "foresail-" + parts.configuration().self();
        SocketKind sockets = SocketKind.choose(parts.surroundings().transport().io());
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), sockets.handlers());
        loop = group.next();
        pause = new Pause(loop);
        writer = Executors.newSingleThreadExecutor(new DefaultThreadFactory(name + "-storage", true));
        Optional<PredictionPool> shared = parts.surroundings().pool();
        ownPool = shared.isPresent()
                ? Optional.empty()
                : Optional.of(new PredictionPool(parts.configuration().predictionThreads()));
        providers = new LiveProviders(parts.surroundings());
        try {
            providers.start(parts.configuration());
            host = new LiveHost<>(loop, parts, writer, shared.or(() -> ownPool).orElseThrow(), this::failed);
        } catch (RuntimeException | Error cannot) {
            stopThreads();
            throw cannot;
        }
        try {
            address = host.listen();
            operations = operations(parts, name + "-operations");
        } catch (RuntimeException | Error cannot) {
            loop.execute(() -> endHost(true, Optional.empty()));
            awaitEnd(Optional.empty());
            throw cannot;
        }
        loop.execute(host::start);
    }

    private Optional<OperationsServer> operations(LiveParts<?> parts, String name) {
        long beganNanos = parts.surroundings().clock().getAsLong();
        try {
            return parts.configuration()
                    .operations()
                    .map(settings -> OperationsServer.start(name, settings, new LiveOperations(this, beganNanos)));
        } catch (RuntimeException | Error cannot) {
            host.detector().close();
            throw cannot;
        }
    }

    /**
     * Starts a node whose protocol is found on the class path.
     *
     * @throws NodeException FS210 or FS340 when it cannot listen, FS211 or FS212 when its storage cannot be used, FS215 when there is
     *     no such protocol, FS216 when a value of its configuration is wrong, FS310 to FS313 when its certificate, its key or
     *     the trusted certificates cannot be used, FS320 or FS321 when the file with the operators' token cannot be used, FS390 when
     *     there is no epoll though it is asked for, FS451 when a provider's file cannot be read
     * @throws dev.foresail.predictor.path.PathFileException FS524 or FS544 when the file for causal paths cannot be used
     */
    public static ForesailNode start(NodeConfiguration configuration) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return start(configuration, context == null ? ForesailNode.class.getClassLoader() : context);
    }

    /** Starts a node whose protocol is found by {@code classLoader}; see {@link #start(NodeConfiguration)}. */
    public static ForesailNode start(NodeConfiguration configuration, ClassLoader classLoader) {
        return start(
                configuration,
                ProtocolLookup.find(configuration.protocol(), classLoader),
                LiveSurroundings.real(configuration));
    }

    /** Starts a node of a given protocol in given surroundings; see {@link #start(NodeConfiguration)}. */
    public static <S> ForesailNode start(
            NodeConfiguration configuration, Machine<S> machine, LiveSurroundings surroundings) {
        List<Object> values;
        try {
            values = ParameterValues.read(machine.parameters(), configuration.parameters());
        } catch (IllegalArgumentException wrong) {
            throw new NodeException(
                    "FS216", "'" + machine.protocol() + "' cannot be configured: " + wrong.getMessage(), wrong);
        }
        S fresh = machine.create(values);
        S template = machine.create(values);
        CascadingTimeOut.among(LiveTimeOuts.of(machine, template, surroundings.transport()))
                .forEach(each -> LOG.warn("[FS533] {}: {}", configuration.self(), each.text()));
        long epochMillis = surroundings.epochMillis().getAsLong();
        if (configuration.storage().isEmpty()) {
            return start(new LiveParts<>(
                    configuration,
                    machine,
                    fresh,
                    template,
                    new TreeMap<>(),
                    epochMillis,
                    false,
                    Optional.empty(),
                    surroundings,
                    LiveObserver.none()));
        }
        NodeStorage.Opened<S> opened =
                NodeStorage.open(configuration.storage().get(), machine, configuration.self(), fresh, epochMillis);
        boolean restart = opened.state().isPresent();
        return start(new LiveParts<>(
                configuration,
                machine,
                opened.state().map(machine::restarted).orElse(fresh),
                template,
                opened.facts(),
                opened.incarnation(),
                restart,
                Optional.of(opened.storage()),
                surroundings,
                LiveObserver.none()));
    }

    static <S> ForesailNode start(LiveParts<S> parts) {
        return new ForesailNode(parts);
    }

    /** Where the node listens, with the port that it has taken. */
    public InetSocketAddress address() {
        return address;
    }

    /** Where operators' tools reach the node, with the port that it has taken; empty when they cannot. */
    public Optional<InetSocketAddress> operationsAddress() {
        return operations.map(OperationsServer::address);
    }

    /** The node's meters, to be bound to a registry of the program that embeds it. */
    public NodeMetrics metrics() {
        return new NodeMetrics(host.statistics(), host.parts().machine());
    }

    /** Whether the protocol has been started, and the node has not ended. */
    boolean isReady() {
        return host.isServing();
    }

    /**
     * Asks the node for something. Done when the handler has run and its effects are on their way.
     *
     * @return fails with a {@link dev.foresail.choice.ProtocolException}: FS106 for an unknown name or wrong arguments, FS105
     *     when no handler is enabled, or with what the handler threw; with {@link IllegalStateException} when the node has
     *     ended
     */
    public CompletableFuture<Void> call(String name, Object... arguments) {
        List<Object> given;
        try {
            // Here, not on the event loop: the caller may change its collections as soon as this returns.
            given = host.freezeArguments(name, List.of(arguments));
        } catch (ProtocolException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(loop, done, () -> host.call(name, given, done));
        return done;
    }

    /** A copy of the node's state. */
    public CompletableFuture<Object> snapshotState() {
        return onLoop(LiveHost::stateCopy);
    }

    /**
     * Writes what the node knows of itself and its neighbours to a file, for {@code foresail check --snapshot}. The file is
     * there as a whole or not at all.
     *
     * @return fails with a {@link dev.foresail.predictor.snapshot.SnapshotException}, FS248, when the file cannot be written;
     *     with {@link IllegalStateException} when the node has ended
     */
    public CompletableFuture<Void> writeSnapshot(Path file) {
        return onLoop(LiveHost::snapshot).thenAcceptAsync(snapshot -> snapshot.accept(file), writer);
    }

    /** For so long from now the node handles nothing, but for questions about it and its end. */
    void pause(Duration duration) {
        host.detector().pause(duration.toNanos());
        pause.hold(duration.toNanos());
    }

    /** The node's own checkpoint as it would be taken now. */
    CompletableFuture<Checkpoint<?>> checkpoint() {
        return onLoop(LiveHost::checkpoint);
    }

    /** State and channels, for a view of the whole system. */
    CompletableFuture<Picture<?>> picture() {
        return onLoop(LiveHost::picture);
    }

    <T> CompletableFuture<T> onLoop(Function<LiveHost<?>, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(pause::ask, answer, () -> {
            if (host.hasEnded()) {
                answer.completeExceptionally(host.endedException());
            } else {
                answer.complete(question.apply(host));
            }
        });
        return answer;
    }

    private void execute(Executor how, CompletableFuture<?> answer, Runnable task) {
        try {
            how.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error thrown) {
                    answer.completeExceptionally(thrown);
                }
            });
        } catch (RejectedExecutionException ended) {
            answer.completeExceptionally(host.endedException());
        }
    }

    /** What the node has done so far: decisions, their latency, messages, the longest gap of its event loop. */
    public NodeStatistics statistics() {
        return host.statistics();
    }

    /** Completes when the node has ended by itself: a handler threw and the configuration says that this ends the node. */
    public CompletableFuture<NodeFailure> failure() {
        return told;
    }

    private void failed(NodeFailure why) {
        try {
            endHost(true, operations);
        } finally {
            failure.complete(why);
        }
    }

    private void endHost(boolean abrupt, Optional<OperationsServer> served) {
        try {
            CompletableFuture<Void> unused =
                    host.end(abrupt).whenComplete((written, thrown) -> notWritten = Optional.ofNullable(thrown));
        } finally {
            // A loop that is told to end may leave open what is not closed yet.
            host.whenClosed(this::stopThreads);
            served.ifPresent(OperationsServer::close);
        }
    }

    /**
     * Ends the node in order: connections are closed, durable state is written.
     *
     * @throws NodeException FS211 when the durable state cannot be written, FS151 when the protocol's code threw over it
     */
    @Override
    public void close() {
        end(false);
        if (notWritten.isPresent()) {
            throw notWritten(notWritten.get());
        }
    }

    private static NodeException notWritten(Throwable thrown) {
        Throwable cause = Optional.ofNullable(thrown.getCause())
                .filter(inner -> thrown instanceof CompletionException)
                .orElse(thrown);
        if (cause instanceof NodeException known) {
            return known;
        }
        return new NodeException("FS151", "the durable state could not be written at the end: " + cause, cause);
    }

    /** Ends the node as the end of its process would: connections are reset and nobody is told anything. */
    public void kill() {
        end(true);
    }

    private void end(boolean abrupt) {
        try {
            pause.askLast(() -> endHost(abrupt, operations));
        } catch (RejectedExecutionException already) {
            stopThreads();
        }
        if (!loop.inEventLoop()) {
            awaitEnd(operations);
        }
    }

    private void awaitEnd(Optional<OperationsServer> served) {
        try {
            group.terminationFuture().await(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (served.isPresent()) {
                served.get().awaitEnd(END_TIMEOUT_SECONDS);
            }
            host.detector().awaitEnd(END_TIMEOUT_SECONDS);
            host.log().awaitEnd(END_TIMEOUT_SECONDS);
            if (!writer.awaitTermination(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the durable state is not written yet");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopThreads() {
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        writer.shutdown();
        ownPool.ifPresent(PredictionPool::close);
        providers.close();
    }

    /** What the node knew of stable fields when it ended; after its end only. */
    SortedMap<NodeId, ?> lastFacts() {
        return host.stableFacts();
    }

    /** The state that the node has ended with; after its end only. */
    Object lastState() {
        return host.stateCopy();
    }
}
