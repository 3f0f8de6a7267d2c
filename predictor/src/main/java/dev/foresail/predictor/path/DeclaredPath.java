package dev.foresail.predictor.path;

import dev.foresail.choice.machine.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * Where paths of a name begin and end, and what is expected of each. Immutable.
 *
 * @param name the author's
 * @param begins the event that begins one, as {@link Event#kind} names it
 * @param ends the event that ends one, named likewise; empty: a path ends when nothing of it is under way
 * @param every of so many that begin at a start of a node one is followed, the first; at least 1
 */
public record DeclaredPath(String name, String begins, Optional<String> ends, int every, Bounds bounds) {
    public DeclaredPath {
        if (every < 1) {
            throw new IllegalArgumentException("one of " + every + " paths cannot be followed");
        }
    }

    /** All of which are followed. */
    public DeclaredPath(String name, String begins, Optional<String> ends, Bounds bounds) {
        this(name, begins, ends, 1, bounds);
    }

    /**
     * What no path is to exceed; empty where nothing is expected.
     *
     * @param nodes that handle something of it, the first one included
     * @param hops messages of other nodes that are handled
     * @param hop from the sending of such a message until it is handled
     * @param duration from the first event to the end
     */
    public record Bounds(
            Optional<Integer> nodes, Optional<Integer> hops, Optional<Duration> hop, Optional<Duration> duration) {
        public static final Bounds NONE =
                new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean endsWith(String kind) {
        return ends.isPresent() && ends.get().equals(kind);
    }
}
