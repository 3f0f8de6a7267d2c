package dev.foresail.steering.live;

import dev.foresail.predictor.node.KnownCheckpoint;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.storage.NeighbourStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the neighbours' checkpoints outlive the node: writes what it knows of them, every few seconds at most, on another
 * thread. On the event loop, but for {@link #load} and what is written.
 */
final class NeighbourKeeper<S> {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);
    /** The least time between two writes. */
    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NeighbourStore<S> store;
    private final Supplier<List<KnownCheckpoint<S>>> known;
    private final Consumer<Runnable> later;
    private final LiveSurroundings surroundings;
    private final Executor writer;
    /** What is to be written next; the writer takes the latest. */
    private final AtomicReference<Optional<Contents<S>>> latest = new AtomicReference<>(Optional.empty());

    private boolean changed;
    /** By the writer only: a disk that is full is not told of every few seconds. */
    private boolean failing;

    private record Contents<S>(List<KnownCheckpoint<S>> known, long nowNanos, long epochMillis) {}

    /**
     * @param known of each neighbour the last checkpoint, as it is when asked
     * @param later runs a task on the event loop after {@link #INTERVAL_NANOS}
     */
    NeighbourKeeper(
            NeighbourStore<S> store,
            Supplier<List<KnownCheckpoint<S>>> known,
            Consumer<Runnable> later,
            LiveSurroundings surroundings,
            Executor writer) {
        this.store = store;
        this.known = known;
        this.later = later;
        this.surroundings = surroundings;
        this.writer = writer;
    }

    /** What was kept before the node's start; blocks. */
    List<KnownCheckpoint<S>> load() {
        return store.load(
                surroundings.clock().getAsLong(), surroundings.epochMillis().getAsLong());
    }

    /** There is a newer checkpoint. */
    void gathered() {
        if (!changed) {
            changed = true;
            later.accept(this::write);
        }
    }

    /** The node ends in order. */
    void finish() {
        if (changed) {
            write();
        }
    }

    private void write() {
        changed = false;
        Contents<S> now = new Contents<>(
                known.get(),
                surroundings.clock().getAsLong(),
                surroundings.epochMillis().getAsLong());
        if (latest.getAndSet(Optional.of(now)).isPresent()) {
            return;
        }
        try {
            writer.execute(this::writeLatest);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the node has ended");
        }
    }

    private void writeLatest() {
        try {
            latest.getAndSet(Optional.empty())
                    .ifPresent(now -> store.save(now.known(), now.nowNanos(), now.epochMillis()));
            failing = false;
        } catch (NodeException failure) {
            if (!failing) {
                LOG.warn("[{}] {}", failure.code(), failure.getMessage());
            }
            failing = true;
        }
    }
}
