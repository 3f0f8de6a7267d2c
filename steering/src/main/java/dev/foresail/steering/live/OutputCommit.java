package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.storage.NodeStorage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets nothing leave the node before the durable state that it rests on is on the disk, without ever waiting on the event
 * loop: what is sent is held back, in order, while a writer's thread writes the state; changes meanwhile are written
 * together afterwards. On the event loop only.
 */
final class OutputCommit<S> {
    /** How many outputs may wait for the disk; a node with more ends, as its memory would. */
    static final int MOST_HELD = 1 << 16;

    private final Contents<S> contents;
    private final NodeStorage<S> storage;
    private final Threads threads;
    private final Consumer<Throwable> failed;
    private final Deque<Runnable> fresh = new ArrayDeque<>();
    private final Deque<Held> held = new ArrayDeque<>();
    /** How often the connection to each peer has broken since something began to wait. */
    private final Map<NodeId, Long> breaks = new HashMap<>();

    private byte[] latest = new byte[0];
    private byte[] latestFacts = new byte[0];
    private long latestRevision;
    private long wanted;
    private long confirmed;
    private boolean first = true;
    private boolean looking;
    private boolean writing;

    /** @param failed is told, on the event loop, when the state cannot be written */
    OutputCommit(Contents<S> contents, NodeStorage<S> storage, Threads threads, Consumer<Throwable> failed) {
        this.contents = contents;
        this.storage = storage;
        this.threads = threads;
        this.failed = failed;
    }

    /**
     * What is to be durable, as it is when asked.
     *
     * @param facts what is known of stable fields
     * @param factsRevision grows with every change of it
     */
    record Contents<S>(
            Machine<S> machine, Supplier<S> state, Supplier<SortedMap<NodeId, S>> facts, LongSupplier factsRevision) {
        byte[] durable() {
            return NodeStorage.durableBytes(machine, state.get());
        }
    }

    /** Where the work is done. */
    record Threads(Executor loop, Executor writer) {}

    private record Held(long version, Runnable output) {}

    /** Lets {@code output} happen once the state as it is at the end of this step is durable. */
    void output(Runnable output) {
        fresh.addLast(output);
        stepped();
    }

    /**
     * As {@link #output}, of what is sent to a peer. It is lost when the connection to the peer breaks while it waits, as
     * whatever is under way is: over the next connection it would come ahead of what it followed.
     */
    void outputTo(NodeId peer, Runnable output) {
        long connection = breaks.getOrDefault(peer, 0L);
        output(() -> {
            if (breaks.getOrDefault(peer, 0L) == connection) {
                output.run();
            }
        });
    }

    /** The connection to a peer is broken. */
    void broken(NodeId peer) {
        breaks.merge(peer, 1L, Long::sum);
    }

    /** The state may have changed. */
    void stepped() {
        if (!looking) {
            looking = true;
            threads.loop().execute(this::look);
        }
    }

    /**
     * The node ends in order: the state as it is now is written, what is held back is dropped.
     *
     * @return done when the state is written, failed when it cannot be
     */
    CompletableFuture<Void> finish() {
        if (noteChanges() || wanted > confirmed) {
            byte[] last = latest;
            byte[] lastFacts = latestFacts;
            return CompletableFuture.runAsync(() -> storage.write(last, lastFacts), threads.writer());
        }
        return CompletableFuture.completedFuture(null);
    }

    private void look() {
        looking = false;
        if (noteChanges() || first) {
            first = false;
            wanted++;
        }
        while (!fresh.isEmpty()) {
            held.addLast(new Held(wanted, fresh.removeFirst()));
        }
        release();
        if (held.size() > MOST_HELD) {
            failed.accept(new NodeException(
                    "FS211",
                    held.size()
                            + " outputs wait for the storage, which is slower than what the node sends; use a faster"
                            + " disk, or keep what changes often out of the durable state"));
        } else if (wanted > confirmed && !writing) {
            write();
        }
    }

    /** Takes the contents as they are now; whether they have changed. */
    private boolean noteChanges() {
        byte[] now = contents.durable();
        boolean changed = !Arrays.equals(now, latest);
        latest = now;
        long revision = contents.factsRevision().getAsLong();
        if (revision != latestRevision) {
            latestRevision = revision;
            latestFacts =
                    NodeStorage.factsBytes(contents.machine(), contents.facts().get());
            changed = true;
        }
        return changed;
    }

    private void write() {
        writing = true;
        byte[] bytes = latest;
        byte[] facts = latestFacts;
        long version = wanted;
        threads.writer().execute(() -> {
            try {
                storage.write(bytes, facts);
            } catch (RuntimeException | Error failure) {
                threads.loop().execute(() -> failed.accept(failure));
                return;
            }
            threads.loop().execute(() -> written(version));
        });
    }

    private void written(long version) {
        writing = false;
        confirmed = version;
        release();
        if (wanted > confirmed) {
            write();
        }
    }

    private void release() {
        while (!held.isEmpty() && held.element().version() <= confirmed) {
            held.removeFirst().output().run();
        }
        if (held.isEmpty() && fresh.isEmpty()) {
            breaks.clear();
        }
    }
}
