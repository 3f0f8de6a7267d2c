package dev.foresail.steering.operations;

import dev.foresail.steering.control.SteeringMode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What operators' tools ask of a running node. Thread-safe; nothing blocks. Answers fail with {@link IllegalStateException}
 * when the node has ended.
 */
public interface OperatedNode {
    /** The metrics in the text format of Prometheus. */
    String metrics();

    /** Whether the node listens and has started, and has not ended. */
    boolean isReady();

    /** Done as soon as the node's event loop gets to it. */
    CompletableFuture<?> answer();

    /** What the node is and does: whole numbers, texts, booleans, lists and maps. */
    CompletableFuture<Map<String, Object>> status();

    /** The event filters that are in place, under {@code filters}; values as in {@link #status}. */
    CompletableFuture<Map<String, Object>> filters();

    /**
     * The latest that the node has done, under {@code steps}; values as in {@link #status}. With much to tell that takes a while: for any thread but
     * the node's own.
     */
    CompletableFuture<Supplier<Map<String, Object>>> log();

    /**
     * What the node's process knows of its links, under {@code links}; values as in {@link #status}, what is not known is missing. With
     * many links that takes a while: for any thread but the node's own.
     */
    CompletableFuture<Supplier<Map<String, Object>>> links();

    /**
     * Changes what is done about events that would violate a safety property, between two events.
     *
     * @return the mode before
     */
    CompletableFuture<SteeringMode> switchTo(SteeringMode mode);
}
