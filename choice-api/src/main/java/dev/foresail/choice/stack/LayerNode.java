package dev.foresail.choice.stack;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.LayerHandle;
import dev.foresail.choice.machine.Machine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The handle of one layer: that of the running event, with the layer's names told apart from those of others. */
final class LayerNode implements LayerHandle {
    private final StackStep step;
    private final Machine<?> machine;
    private final int layer;

    LayerNode(StackStep step, Machine<?> machine, int layer) {
        this.step = step;
        this.machine = machine;
        this.layer = layer;
    }

    @Override
    public void asks() {
        step.ask();
    }

    @Override
    public void answered() {
        step.answered();
    }

    @Override
    public NodeId self() {
        return step.engine().self();
    }

    @Override
    public long nowNanos() {
        return step.engine().nowNanos();
    }

    @Override
    public void send(NodeId to, Object message) {
        EventRules.checkSend(machine, message);
        step.send(to, message, machine);
    }

    @Override
    public void setTimer(String name, Duration delay) {
        step.engine().setTimer(timer(name), delay);
    }

    @Override
    public void cancelTimer(String name) {
        step.engine().cancelTimer(timer(name));
    }

    @Override
    public boolean isArmed(String name) {
        return step.engine().isArmed(timer(name));
    }

    private String timer(String name) {
        if (!step.wiring().timers().has(layer, name)) {
            throw EventRules.unknownTimer(machine, name);
        }
        return step.wiring().timers().of(layer, name);
    }

    @Override
    public int random(int bound) {
        return step.engine().random(bound);
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        return step.engine().choose(machine.choiceName(name), candidates);
    }

    @Override
    public <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        return step.engine().choose(machine.choiceName(name), candidates, count);
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        if (!step.wiring().aggregates().has(layer, name)) {
            throw new ProtocolException("FS104", machine.protocol() + " has no aggregate '" + name + "'");
        }
        return step.engine().aggregate(step.wiring().aggregates().of(layer, name), type);
    }

    @Override
    public void note(String text) {
        step.engine().note(machine.protocol() + ": " + text);
    }

    @Override
    public ProtocolException fail(String reason) {
        return step.engine().fail(machine.protocol() + ": " + reason);
    }
}
