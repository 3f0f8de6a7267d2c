package dev.foresail.eval.routing;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import java.time.Duration;

/** {@link RandomLookups} over whatever finds the roots of keys. */
@Protocol("lookups")
public final class Lookups extends RandomLookups {
    @Uses
    KeyRouting routing;

    /**
     * @param period between an answer and the next question, and up to so long before the first
     * @param timeout how long an answer is waited for
     * @param keys how many keys there are, at equal distances on the circle
     * @throws IllegalArgumentException FS468 when there is none
     */
    public Lookups(@Default("1s") Duration period, @Default("10s") Duration timeout, @Default("1073741824") int keys) {
        super(period, timeout, keys);
    }

    @Override
    boolean question(long key, Find find, Node node) {
        routing.route(key, find);
        return true;
    }

    @OnUpcall
    void deliver(long key, Find find, Node node) {
        answer(find, node);
    }

    @OnUpcall
    boolean forward(long key, Find find, NodeId next) {
        handedOn++;
        return true;
    }
}
