package dev.foresail.eval.microraft;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.network.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A node whose clock is set by hand, with a seed of its own; what it sends and arms is kept. */
final class FakeNode implements Node {
    final List<Object> sent = new ArrayList<>();
    final List<Duration> armed = new ArrayList<>();
    long nowNanos;
    private final RandomStream random = RandomStream.of(1, "fake");

    @Override
    public NodeId self() {
        return NodeId.of(1);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void send(NodeId to, Object message) {
        sent.add(message);
    }

    @Override
    public void setTimer(String name, Duration delay) {
        armed.add(delay);
    }

    @Override
    public int random(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public void cancelTimer(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isArmed(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void note(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProtocolException fail(String reason) {
        throw new ProtocolException("FS107", reason);
    }
}
