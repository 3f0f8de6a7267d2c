package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.Collection;

/** A handle whose effects go nowhere. */
record SilentNode(NodeId self) implements Node {
    @Override
    public long nowNanos() {
        return 0;
    }

    @Override
    public void send(NodeId to, Object message) {}

    @Override
    public void setTimer(String name, Duration delay) {}

    @Override
    public void cancelTimer(String name) {}

    @Override
    public boolean isArmed(String name) {
        return false;
    }

    @Override
    public int random(int bound) {
        return 0;
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        return candidates.iterator().next();
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        throw fail("no aggregates");
    }

    @Override
    public void note(String text) {}

    @Override
    public ProtocolException fail(String reason) {
        throw new ProtocolException("FS107", reason);
    }
}
