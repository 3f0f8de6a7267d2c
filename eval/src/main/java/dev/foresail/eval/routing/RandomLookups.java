package dev.foresail.eval.routing;

import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.TimeOut;
import dev.foresail.choice.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lookups of random keys: a question goes to the root of its key, how a subclass says, and the answer comes straight back. Who gets none in time goes on to the next key, and counts a timeout.
 *
 * <p>A hop is a message on the way to the root; the answer is none.
 */
public abstract class RandomLookups {
    /** Who is the root of the key to which this is sent? */
    public record Find(NodeId asker, int number) {}

    /** I am. */
    public record Found(int number) {}

    /** At so many times a node may begin: few enough for a search to try each. */
    private static final int BEGINNINGS = 64;

    final Duration period;

    @TimeOut("an answer")
    final Duration timeout;

    final int keys;

    /** How many more questions there are. */
    int left;

    int asked;
    boolean waiting;
    long key;
    long askedAtNanos;
    /** The answer to the last question that was answered. */
    Optional<NodeId> root = Optional.empty();

    int answers;
    int timeouts;
    long waitedNanos;

    int handedOn;
    int delivered;

    /** @throws IllegalArgumentException FS468 when there is no key */
    RandomLookups(Duration period, Duration timeout, int keys) {
        if (keys < 1) {
            throw new IllegalArgumentException("[FS468] there is at least 1 key, not " + keys);
        }
        this.period = period;
        this.timeout = timeout;
        this.keys = keys;
    }

    /** Asks for so many keys, one after the other. */
    @OnCall
    void ask(int lookups, Node node) {
        left = lookups;
        node.setTimer("ask", period.multipliedBy(node.random(BEGINNINGS)).dividedBy(BEGINNINGS));
    }

    @OnTimer("ask")
    void askNext(Node node) {
        if (left > 0) {
            left--;
            asked++;
            waiting = true;
            key = Long.divideUnsigned(-1, keys) * node.random(keys);
            askedAtNanos = node.nowNanos();
            node.setTimer("timeout", timeout);
            if (!question(key, new Find(node.self(), asked), node)) {
                waiting = false;
                left++;
                node.cancelTimer("timeout");
                node.setTimer("ask", period);
            }
        }
    }

    /**
     * Sends a question on its way.
     *
     * @return false when that cannot be now; another one is asked after the period
     */
    abstract boolean question(long key, Find find, Node node);

    /** At the root. */
    void answer(Find find, Node node) {
        delivered++;
        node.send(find.asker(), new Found(find.number()));
    }

    /** Nobody will answer this question. */
    void giveUp(Find find, Node node) {
        if (waiting && find.number() == asked) {
            node.cancelTimer("timeout");
            timeout(node);
        }
    }

    boolean isAwaited(Found found) {
        return waiting && found.number() == asked;
    }

    @OnMessage(when = "isAwaited", otherwise = Otherwise.DROP)
    void found(Found found, @From NodeId from, Node node) {
        waiting = false;
        root = Optional.of(from);
        answers++;
        waitedNanos += node.nowNanos() - askedAtNanos;
        node.cancelTimer("timeout");
        node.setTimer("ask", period);
    }

    @OnTimer("timeout")
    void timeout(Node node) {
        waiting = false;
        timeouts++;
        askNext(node);
    }

    /** How many questions were not answered in time. */
    public int timeouts() {
        return timeouts;
    }

    /** How many were. */
    public int answers() {
        return answers;
    }

    /** The key that was asked for last. */
    public long key() {
        return key;
    }

    /** Who answered last. */
    public Optional<NodeId> root() {
        return root;
    }

    /** Answers per question that is over; 1 before the first. */
    @Metric
    static double answered(SystemView<RandomLookups> system) {
        long answers = 0;
        long over = 0;
        for (NodeId node : system.nodes()) {
            answers += system.state(node).answers;
            over += system.state(node).answers + system.state(node).timeouts;
        }
        return over == 0 ? 1 : (double) answers / over;
    }

    /** Messages on the way to a root, in the mean; exact when none is under way or lost. */
    @Metric
    static double hops(SystemView<RandomLookups> system) {
        return meanHops(all(system));
    }

    /** From a question to its answer, in the mean. */
    @Metric(unit = Unit.MILLISECONDS)
    static double latency(SystemView<RandomLookups> system) {
        return meanLatencyMillis(all(system));
    }

    private static List<RandomLookups> all(SystemView<RandomLookups> system) {
        return system.nodes().stream().map(system::state).toList();
    }

    /** As {@link #hops(SystemView)} of these nodes; 0 when nothing has arrived. */
    public static double meanHops(List<? extends RandomLookups> nodes) {
        long delivered = nodes.stream().mapToLong(node -> node.delivered).sum();
        return delivered == 0
                ? 0
                : (double) nodes.stream().mapToLong(node -> node.handedOn).sum() / delivered;
    }

    /** From a question to its answer at these nodes, in the mean; 0 when nothing was answered. */
    public static double meanLatencyMillis(List<? extends RandomLookups> nodes) {
        long answers = nodes.stream().mapToLong(node -> node.answers).sum();
        return answers == 0
                ? 0
                : nodes.stream().mapToLong(node -> node.waitedNanos).sum() / 1e6 / answers;
    }
}
