package dev.foresail.steering.control;

import dev.foresail.predictor.node.Steering;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mode in which a node is steered, which can be changed while the node runs. Each mode gets steering of its own, so that
 * nothing of an earlier mode is left; the node asks it directly, as it does so for every message. On the node's thread only.
 */
public final class SteeringSwitch<S> {
    private final Function<SteeringMode, Steering<S>> steerings;
    private SteeringMode mode;
    private Steering<S> current;

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

    /** What steers now. */
    public Steering<S> current() {
        return current;
    }

    /** What is to steer the node from now on; empty when the mode is on already. */
    public Optional<Steering<S>> switchTo(SteeringMode changed) {
        if (changed == mode) {
            return Optional.empty();
        }
        mode = changed;
        current = steerings.apply(changed);
        return Optional.of(current);
    }
}
