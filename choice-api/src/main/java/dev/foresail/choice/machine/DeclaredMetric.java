package dev.foresail.choice.machine;

import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import java.util.function.ToDoubleBiFunction;

/**
 * A metric made of a name and a function; what generated machines use.
 *
 * @param <S> the protocol's state
 * @param function stateless
 */
public record DeclaredMetric<S>(String name, Unit unit, ToDoubleBiFunction<SystemView<S>, AggregateValues> function)
        implements MetricDescription<S> {
    /** A plain number. */
    public DeclaredMetric(String name, ToDoubleBiFunction<SystemView<S>, AggregateValues> function) {
        this(name, Unit.NONE, function);
    }

    @Override
    public double evaluate(SystemView<S> view, AggregateValues aggregates) {
        return function.applyAsDouble(view, aggregates);
    }
}
