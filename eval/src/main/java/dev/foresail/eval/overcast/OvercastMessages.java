package dev.foresail.eval.overcast;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Sized;
import java.util.List;
import java.util.Optional;

/** What nodes of the tree tell each other. */
public final class OvercastMessages {
    private OvercastMessages() {}

    /**
     * Send me some bytes.
     *
     * @param sentNanos on the sender's clock
     */
    public record Probe(long sentNanos) {}

    /**
     * The bytes.
     *
     * @param bytes what it weighs: 10 KB, as published
     * @param fromParent what the sender has itself measured from its parent, in bytes per second
     */
    public record ProbeAnswer(long sentNanos, long bytes, double fromParent) implements Sized {}

    /**
     * Let me be your child.
     *
     * @param parent whose child the sender is until then, or was before it failed
     * @param changes how often the sender has changed its parent
     */
    public record Attach(Optional<NodeId> parent, long changes) {}

    /**
     * You are my child, and these are above you and beside you.
     *
     * @param ancestors from the root to the sender
     */
    public record Accepted(List<NodeId> ancestors, List<NodeId> siblings) {
        public Accepted {
            ancestors = List.copyOf(ancestors);
            siblings = List.copyOf(siblings);
        }
    }

    /** You are not my child, and shall not be. */
    public record Refused() {}

    /** I am still here, and this is new below me. Answered like {@link Attach}. */
    public record CheckIn(List<Certificate> news) {
        public CheckIn {
            news = List.copyOf(news);
        }
    }

    /**
     * Of a birth or a death.
     *
     * @param changes how often the node had changed its parent by then
     */
    public record Certificate(NodeId node, NodeId parent, long changes, boolean isAlive) {
        boolean isNewerThan(Certificate other) {
            return changes > other.changes || changes == other.changes && other.isAlive && !isAlive;
        }
    }

    /**
     * A piece of what the source streams.
     *
     * @param number greater than those before
     * @param bytes what it weighs
     */
    public record Chunk(long number, long bytes) implements Sized {}

    /** There is room for another chunk. */
    public record Credit() {}
}
