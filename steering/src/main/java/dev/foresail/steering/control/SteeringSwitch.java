package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Steering whose mode can be changed while the node runs. Each mode gets steering of its own, so that nothing of an earlier
 * mode is left. On the node's thread only, and between two events.
 */
public final class SteeringSwitch<S> implements Steering<S> {
    private final Function<SteeringMode, Steering<S>> steerings;
    private SteeringMode mode;
    private Steering<S> current;
    private Optional<SteeredNode<S>> attached = Optional.empty();

    /** @param steerings what steers in a mode */
    public SteeringSwitch(SteeringMode mode, Function<SteeringMode, Steering<S>> steerings) {
        this.steerings = steerings;
        this.mode = mode;
        this.current = steerings.apply(mode);
    }

    /** The event filters that are in place now; empty in a mode without any. */
    public List<EventFilter> filters() {
        return current instanceof Controller<S> controller ? controller.filters() : List.of();
    }

    public SteeringMode mode() {
        return mode;
    }

    /** From the next event on. */
    public void switchTo(SteeringMode changed) {
        if (changed != mode) {
            current.replaced();
            current = steerings.apply(changed);
            mode = changed;
            attached.ifPresent(current::attached);
        }
    }

    @Override
    public boolean looksAhead() {
        return current.looksAhead();
    }

    @Override
    public void attached(SteeredNode<S> node) {
        attached = Optional.of(node);
        current.attached(node);
    }

    @Override
    public void sent(NodeId to, Object message) {
        current.sent(to, message);
    }

    @Override
    public void handled() {
        current.handled();
    }

    @Override
    public void advised(NodeId peer, String path) {
        current.advised(peer, path);
    }

    @Override
    public void gathered() {
        current.gathered();
    }

    @Override
    public List<Alternative> admitted(Event event, long sequence, List<Alternative> alternatives, S state) {
        return current.admitted(event, sequence, alternatives, state);
    }

    @Override
    public boolean tries(Event event) {
        return current.tries(event);
    }

    @Override
    public boolean isHarmless(Event event, Alternative taken, S after, Step<S> step) {
        return current.isHarmless(event, taken, after, step);
    }

    @Override
    public boolean accepts(Event event, Alternative taken, S before, S after, Step<S> step) {
        return current.accepts(event, taken, before, after, step);
    }
}
