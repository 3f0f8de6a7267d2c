package dev.foresail.choice.embedded;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Alternatives;
import dev.foresail.choice.machine.EventHandle;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.FrozenSender;
import dev.foresail.choice.machine.Machine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The handle of a handler that an embedded node runs; closed when the handler has ended. */
final class EmbeddedHandle<S> implements FrozenSender, EventHandle {
    private final Machine<S> machine;
    private final NodeId self;
    private final S state;
    private final Aggregates<S> aggregates;
    private final Outside outside;
    private boolean closed;

    EmbeddedHandle(Machine<S> machine, NodeId self, S state, Aggregates<S> aggregates, Outside outside) {
        this.machine = machine;
        this.self = self;
        this.state = state;
        this.aggregates = aggregates;
        this.outside = outside;
    }

    void close() {
        closed = true;
    }

    private Outside open() {
        if (closed) {
            throw new IllegalStateException("a Node is valid only while its handler runs; do not keep it");
        }
        return outside;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long nowNanos() {
        return open().nowNanos;
    }

    @Override
    public void send(NodeId to, Object message) {
        sendFrozen(to, machine.freeze(message));
    }

    @Override
    public void sendFrozen(NodeId to, Object message) {
        EventRules.checkLength(machine, message);
        open().sent.add(new Sent(to, message));
    }

    @Override
    public void setTimer(String name, Duration delay) {
        EventRules.checkTimer(machine, name);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay of the timer '" + name + "' is negative: " + delay);
        }
        open().deadlineNanosByTimer.put(name, outside.nowNanos + delay.toNanos());
    }

    @Override
    public void cancelTimer(String name) {
        EventRules.checkTimer(machine, name);
        open().deadlineNanosByTimer.remove(name);
    }

    @Override
    public boolean isArmed(String name) {
        EventRules.checkTimer(machine, name);
        return open().deadlineNanosByTimer.containsKey(name);
    }

    @Override
    public int random(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("the bound of a draw is at least 1, not " + bound);
        }
        return open().choices.draw(bound).orElseGet(() -> outside.random.nextInt(bound));
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        List<T> options = List.copyOf(candidates);
        if (options.isEmpty() || options.size() > Alternatives.MOST) {
            throw new ProtocolException(
                    "FS103",
                    "the choice '" + name + "' has " + options.size() + " candidates; there must be 1 to "
                            + Alternatives.MOST);
        }
        return options.get(open().decide(machine.choiceName(name), List.copyOf(options)));
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        open();
        return aggregates.value(name, state, type);
    }

    @Override
    public void note(String text) {
        open().notes.add(text);
    }

    @Override
    public ProtocolException fail(String reason) {
        throw new ProtocolException("FS107", "the protocol failed: " + reason);
    }
}
