package dev.foresail.steering.live;

import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.predictor.path.PathFileException;
import dev.foresail.predictor.path.PathHop;
import dev.foresail.predictor.path.PathPart;
import dev.foresail.predictor.path.PathRecorder;
import dev.foresail.predictor.path.RecordedPaths;
import dev.foresail.steering.config.NodeConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live node's part of causal paths, told to a file every second (decision 071). On the event loop, but for what is written. */
final class LivePaths {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** As long as the disk does not take them. */
    private static final int MOST_WAITING = 100_000;

    private final PathPart part;
    private final Path file;
    private final LongSupplier nowNanos;
    private final Executor writer;
    private List<PathHop> waiting = new ArrayList<>();
    private long missed;
    /** Whether the disk has taken what it was last given; of the writer's thread too. */
    private volatile boolean isIdle = true;

    private volatile boolean isBroken;

    private LivePaths(PathPart part, Path file, LongSupplier nowNanos, Executor writer) {
        this.part = part;
        this.file = file;
        this.nowNanos = nowNanos;
        this.writer = writer;
    }

    /**
     * Opens the file of a node whose configuration says where to write paths; not on the loop.
     *
     * @param nowNanos since 1970, as all nodes count as nearly as can be
     * @throws PathFileException FS524 or FS544 when the file cannot be used
     */
    static Optional<LivePaths> open(LiveParts<?> parts, LongSupplier nowNanos, Executor writer) {
        NodeConfiguration configuration = parts.configuration();
        return configuration.pathFile().map(file -> {
            RecordedPaths header = new RecordedPaths(
                    parts.machine().protocol(),
                    RecordedPaths.Run.live("foresail run, " + configuration.self()),
                    configuration.paths(),
                    0,
                    0,
                    List.of());
            return new LivePaths(PathPart.open(file, header, nowNanos.getAsLong()), file, nowNanos, writer);
        });
    }

    /** From now on the node's paths are followed. */
    void follow(LiveParts<?> parts, NodeRuntime<?> runtime, Host host) {
        NodeConfiguration configuration = parts.configuration();
        runtime.followPaths(new PathRecorder(
                configuration.self(), parts.incarnation(), configuration.paths(), nowNanos, this::add));
        tellAgain(host);
    }

    private void add(PathHop hop) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(hop);
        } else {
            missed++;
        }
    }

    private void tellAgain(Host host) {
        Host.Alarm unused = host.schedule(INTERVAL_NANOS, () -> {
            if (isIdle) {
                tell();
            }
            tellAgain(host);
        });
    }

    /** What was told so far goes to the file. */
    void tell() {
        List<PathHop> hops = waiting;
        long lost = missed;
        long untilNanos = nowNanos.getAsLong();
        waiting = new ArrayList<>();
        missed = 0;
        isIdle = false;
        try {
            writer.execute(() -> write(hops, lost, untilNanos));
        } catch (RejectedExecutionException ended) {
            LOG.debug("the node has ended");
        }
    }

    private void write(List<PathHop> hops, long lost, long untilNanos) {
        try {
            part.add(hops, lost, untilNanos);
        } catch (PathFileException failure) {
            if (!isBroken) {
                LOG.warn("[{}] {}", failure.code(), failure.problem());
            }
            isBroken = true;
        } finally {
            isIdle = true;
        }
    }

    /** The node ends: nothing more is told. */
    void end() {
        tell();
        try {
            writer.execute(this::close);
        } catch (RejectedExecutionException ended) {
            LOG.debug("paths in {} end early", file);
        }
    }

    private void close() {
        try {
            part.close();
        } catch (PathFileException failure) {
            if (!isBroken) {
                LOG.warn("[{}] {}", failure.code(), failure.problem());
            }
        }
    }
}
