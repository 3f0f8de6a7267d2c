package dev.foresail.choice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A handler's only door to the world. Everything a handler reads that is not its own state, and everything it does to
 * the outside, goes through this handle, which is why the same protocol runs unchanged in the explorer, the simulator
 * and on a live node (docs/architecture.md).
 *
 * <p>A handle is valid only while the handler it was passed to runs, and only on that thread: never keep it in a
 * field. Guards and candidate methods get a handle on which only {@link #self()} may be called.
 */
public interface Node {
    /** The id of the node that runs the handler. */
    NodeId self();

    /**
     * The node's clock in nanoseconds, monotonic, with no meaning across nodes: virtual in the simulator, real on a
     * live node. Reading it makes the value a recorded input of the step.
     */
    long nowNanos();

    /**
     * Sends {@code message} over the ordered, reliable connection to {@code to}, which is opened when there is none.
     * A loss of the connection is reported later as a connection error. Sending to oneself is delivered like any other
     * message, as an event of its own.
     *
     * @param message an instance of one of the protocol's message records
     * @throws ProtocolException FS101 when the record is not a message of this protocol
     */
    void send(NodeId to, Object message);

    /**
     * Arms the timer {@code name} to fire once after {@code delay}; a timer that is armed already is moved.
     *
     * @param name a name that an {@link OnTimer} handler bears
     * @param delay at least zero, at most about 146 years
     * @throws ProtocolException FS102 when no handler bears the name, FS447 when there is no such delay
     */
    void setTimer(String name, Duration delay);

    /** Disarms the timer {@code name}; no effect when it is not armed. */
    void cancelTimer(String name);

    /** Whether the timer {@code name} is armed. */
    boolean isArmed(String name);

    /**
     * A draw between 0 (inclusive) and {@code bound} (exclusive): a choice that is resolved by a seeded, uniform draw
     * outside the explorer and branched on inside it.
     *
     * @param bound at least 1
     */
    int random(int bound);

    /**
     * One of {@code candidates}, chosen by the runtime: for choices that cannot be declared with {@link ChoicePoint}.
     * Resolved by the fast policy, as the handler cannot wait.
     *
     * @param name the choice point's name, unique in the protocol
     * @param candidates in a deterministic order, 1 to 64 of them
     * @throws ProtocolException FS103 when there are none or too many
     */
    <T> T choose(String name, Collection<? extends T> candidates);

    /**
     * {@code count} of {@code candidates}, chosen by the runtime: by what the operator wishes for where the configuration
     * has something to say of {@code name} (docs/configuration.md, "Choosing several"), else by the fast policy. An exploration
     * tries every subset, up to 1,000 of them.
     *
     * @param name the choice point's name, unique in the protocol
     * @param candidates in a deterministic order, at most 10,000
     * @param count from 0 to the number of candidates
     * @return the chosen ones, in the order of the candidates
     * @throws ProtocolException FS103 when there are too few or too many candidates; FS380 when an exploration would have to
     *     try too many subsets
     */
    default <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        List<T> ordered = List.copyOf(candidates);
        if (count < 0 || count > ordered.size()) {
            throw new ProtocolException(
                    "FS103",
                    "the choice '" + name + "' is of " + count + " of " + ordered.size()
                            + " candidates; there must be as many at least");
        }
        List<T> chosen = new ArrayList<>();
        int from = 0;
        while (chosen.size() < count) {
            List<T> possible = ordered.subList(from, ordered.size() - (count - chosen.size()) + 1);
            T next = possible.size() == 1 ? possible.get(0) : choose(name, possible);
            from += possible.indexOf(next) + 1;
            chosen.add(next);
        }
        return List.copyOf(chosen);
    }

    /**
     * This node's own value of the aggregate {@code name}, as it would be exported now. Reading it makes the value a
     * recorded input of the step.
     *
     * @param type the aggregate's type (the boxed class of a primitive)
     * @throws ProtocolException FS104 when the protocol has no such aggregate of this type
     */
    <V> V aggregate(String name, Class<V> type);

    /** Puts {@code text} into the trace and the node's log; it is no part of the state. */
    void note(String text);

    /**
     * Ends the handler because the protocol is in a state that must not be: a violation in the explorer, a handler that
     * threw on a live node.
     *
     * @throws ProtocolException FS107, always
     * @return never; declared so that {@code throw node.fail(...)} reads well
     */
    ProtocolException fail(String reason);
}
