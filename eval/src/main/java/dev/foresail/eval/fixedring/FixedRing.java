package dev.foresail.eval.fixedring;

import dev.foresail.choice.Default;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lookups in a ring that never changes, each node with fingers to those at distances of powers of two, as in Chord (Stoica et al., SIGCOMM
 * 2001): a question goes to the finger that comes nearest to the key, until it is there, and the answer comes straight back. Who gets none
 * in time counts a timeout. Every node asks again and again, for keys at random.
 */
@Protocol("fixed-ring")
public final class FixedRing {
    /** Who is responsible for the key? */
    public record Find(NodeId asker, int number, int key, int hops) {}

    /** I am. */
    public record Found(int number, int hops) {}

    final int nodes;
    final int lookups;
    final Duration period;
    final Duration timeout;

    int asked;
    int timeouts;
    boolean waiting;
    long askedAtNanos;
    final List<Integer> hops = new ArrayList<>();
    final List<Long> latenciesNanos = new ArrayList<>();

    /**
     * @param nodes how many there are, with the ids 1 to this
     * @param lookups how many times a node asks
     * @param period from an answer to the next question
     * @param timeout how long an answer is waited for
     */
    public FixedRing(
            @Default("31") int nodes,
            @Default("5") int lookups,
            @Default("10s") Duration period,
            @Default("10s") Duration timeout) {
        this.nodes = nodes;
        this.lookups = lookups;
        this.period = period;
        this.timeout = timeout;
    }

    @OnStart
    void start(Node node) {
        node.setTimer("ask", Duration.ofMillis(1 + node.random((int) period.toMillis())));
    }

    @OnTimer("ask")
    void ask(Node node) {
        asked++;
        waiting = true;
        askedAtNanos = node.nowNanos();
        node.setTimer("timeout", timeout);
        answerOrForward(new Find(node.self(), asked, node.random(nodes), 0), node);
    }

    @OnMessage
    void find(Find find, Node node) {
        answerOrForward(find, node);
    }

    private void answerOrForward(Find find, Node node) {
        int self = (int) node.self().value() - 1;
        int distance = Math.floorMod(find.key() - self, nodes);
        if (distance == 0) {
            node.send(find.asker(), new Found(find.number(), find.hops()));
        } else {
            int next = (self + Integer.highestOneBit(distance)) % nodes;
            node.send(NodeId.of(1 + next), new Find(find.asker(), find.number(), find.key(), find.hops() + 1));
        }
    }

    @OnMessage
    void found(Found found, Node node) {
        if (waiting && found.number() == asked) {
            hops.add(found.hops());
            latenciesNanos.add(node.nowNanos() - askedAtNanos);
            node.cancelTimer("timeout");
            rest(node);
        }
    }

    @OnTimer("timeout")
    void timeout(Node node) {
        timeouts++;
        rest(node);
    }

    private void rest(Node node) {
        waiting = false;
        if (asked < lookups) {
            node.setTimer("ask", period);
        }
    }

    /** How many questions were asked. */
    public int asked() {
        return asked;
    }

    /** How many of them were not answered in time. */
    public int timeouts() {
        return timeouts;
    }

    /** Of each answer, over how many nodes the question went. */
    public List<Integer> hops() {
        return Collections.unmodifiableList(hops);
    }

    /** Of each answer, how long it took. */
    public List<Long> latenciesNanos() {
        return Collections.unmodifiableList(latenciesNanos);
    }

    /** Answers per question. */
    @Metric
    static double answered(SystemView<FixedRing> system) {
        long asked = 0;
        long answered = 0;
        for (NodeId node : system.nodes()) {
            asked += system.state(node).asked;
            answered += system.state(node).hops.size();
        }
        return asked == 0 ? 1 : (double) answered / asked;
    }
}
