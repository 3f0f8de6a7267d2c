package dev.foresail.predictor.node;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * The {@link Node} of a handler that runs again for its effect on the state alone: it is told what it was told before, and what
 * it does to others is done already. Not thread-safe.
 */
final class ReadAgain implements Node {
    private final NodeId self;
    private final Iterator<?> read;

    ReadAgain(NodeId self, List<?> read) {
        this.self = self;
        this.read = read.iterator();
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long nowNanos() {
        return (Long) read.next();
    }

    @Override
    public void send(NodeId to, Object message) {
        // It was sent.
    }

    @Override
    public void setTimer(String name, Duration delay) {
        // It was set.
    }

    @Override
    public void cancelTimer(String name) {
        // It was cancelled.
    }

    @Override
    public boolean isArmed(String name) {
        return (Boolean) read.next();
    }

    @Override
    public int random(int bound) {
        return (Integer) read.next();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T choose(String name, Collection<? extends T> candidates) {
        return (T) read.next();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        return (List<T>) read.next();
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        return type.cast(read.next());
    }

    @Override
    public void note(String text) {
        // It was noted.
    }

    @Override
    public ProtocolException fail(String reason) {
        throw new ProtocolException("FS107", "the protocol failed: " + reason);
    }
}
