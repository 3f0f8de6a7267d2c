package dev.foresail.choice.machine;

import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;

/** A metric as the engines see it. Implementations are stateless. */
public interface MetricDescription<S> {
    String name();

    /** What {@link #evaluate} is counted in. */
    default Unit unit() {
        return Unit.NONE;
    }

    /** @throws dev.foresail.choice.UnknownNodeException when it depends on nodes that are not known */
    double evaluate(SystemView<S> view, AggregateValues aggregates);
}
