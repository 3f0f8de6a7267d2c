package dev.foresail.eval.routing;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import java.time.Duration;

/** {@link RandomLookups} over routing that tells how each question has ended: one that is undeliverable is over at once, and counts as not answered. */
@Protocol("tracked-lookups")
public final class TrackedLookups extends RandomLookups {
    @Uses(ignored = {"delivered", "hopFailed", "ready"})
    ReliableRouting routing;

    /** How many questions were undeliverable. */
    int undeliverable;

    /**
     * @param period between an answer and the next question, and up to so long before the first
     * @param timeout how long an answer is waited for
     * @param keys how many keys there are, at equal distances on the circle
     * @throws IllegalArgumentException FS468 when there is none
     */
    public TrackedLookups(
            @Default("1s") Duration period, @Default("10s") Duration timeout, @Default("1073741824") int keys) {
        super(period, timeout, keys);
    }

    @Override
    boolean question(long key, Find find, Node node) {
        return routing.send(key, find);
    }

    @OnUpcall
    boolean deliver(NodeId origin, long key, int hops, Find find, Node node) {
        handedOn += hops;
        answer(find, node);
        return true;
    }

    @OnUpcall
    void undeliverable(long key, RouteFailure reason, NodeId where, Find find, Node node) {
        undeliverable++;
        giveUp(find, node);
    }
}
