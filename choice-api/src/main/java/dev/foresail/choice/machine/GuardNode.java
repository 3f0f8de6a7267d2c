package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The {@link Node} that guards and candidate methods see: they may ask who they are, and nothing else (FS108), as asking
 * whether a handler applies must change nothing.
 */
public record GuardNode(NodeId self) implements Node {
    private static ProtocolException refused(String what) {
        return new ProtocolException(
                "FS108", "a guard or candidate method called Node." + what + "; it may only call self()");
    }

    @Override
    public long nowNanos() {
        throw refused("nowNanos");
    }

    @Override
    public void send(NodeId to, Object message) {
        throw refused("send");
    }

    @Override
    public void setTimer(String name, Duration delay) {
        throw refused("setTimer");
    }

    @Override
    public void cancelTimer(String name) {
        throw refused("cancelTimer");
    }

    @Override
    public boolean isArmed(String name) {
        throw refused("isArmed");
    }

    @Override
    public int random(int bound) {
        throw refused("random");
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        throw refused("choose");
    }

    @Override
    public <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        throw refused("choose");
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        throw refused("aggregate");
    }

    @Override
    public void note(String text) {
        throw refused("note");
    }

    @Override
    public ProtocolException fail(String reason) {
        throw refused("fail");
    }
}
