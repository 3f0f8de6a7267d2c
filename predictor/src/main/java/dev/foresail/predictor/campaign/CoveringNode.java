package dev.foresail.predictor.campaign;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The door of a handler whose choices are noted; everything is done by another one. Not thread-safe. */
final class CoveringNode implements Node {
    private final Node node;
    private final String protocol;
    private final Coverage coverage;

    CoveringNode(Node node, String protocol, Coverage coverage) {
        this.node = node;
        this.protocol = protocol;
        this.coverage = coverage;
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        T chosen = node.choose(name, candidates);
        coverage.chose(protocol + "." + name, new ArrayList<>(candidates), List.of(chosen));
        return chosen;
    }

    @Override
    public <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        List<T> chosen = node.choose(name, candidates, count);
        coverage.chose(protocol + "." + name, new ArrayList<>(candidates), chosen);
        return chosen;
    }

    @Override
    public NodeId self() {
        return node.self();
    }

    @Override
    public long nowNanos() {
        return node.nowNanos();
    }

    @Override
    public void send(NodeId to, Object message) {
        node.send(to, message);
    }

    @Override
    public void setTimer(String name, Duration delay) {
        node.setTimer(name, delay);
    }

    @Override
    public void cancelTimer(String name) {
        node.cancelTimer(name);
    }

    @Override
    public boolean isArmed(String name) {
        return node.isArmed(name);
    }

    @Override
    public int random(int bound) {
        return node.random(bound);
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        return node.aggregate(name, type);
    }

    @Override
    public void note(String text) {
        node.note(text);
    }

    @Override
    public ProtocolException fail(String reason) {
        return node.fail(reason);
    }
}
