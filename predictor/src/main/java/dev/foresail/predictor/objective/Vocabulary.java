package dev.foresail.predictor.objective;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.Unit;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.objective.language.Dimension;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a protocol's names mean in expressions. Immutable. */
final class Vocabulary<S> {
    private static final double SECONDS_PER_NANO = 1e-9;
    private static final double SECONDS_PER_MICRO = 1e-6;
    private static final double SECONDS_PER_MILLI = 1e-3;

    private final Machine<S> machine;
    private final List<String> provided;

    /** @param provided the names of providers' figures */
    Vocabulary(Machine<S> machine, List<String> provided) {
        this.machine = machine;
        this.provided = provided;
    }

    /** The functions of the link to the candidate: what the network model knows, then what providers tell. */
    List<String> linkFigures() {
        return Stream.concat(LinkFigure.NAMES.stream(), provided.stream()).toList();
    }

    String protocol() {
        return machine.protocol();
    }

    Machine<S> machine() {
        return machine;
    }

    List<String> metrics() {
        return machine.metrics().stream().map(MetricDescription::name).toList();
    }

    Optional<MetricDescription<S>> metric(String name) {
        return machine.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst();
    }

    List<String> aggregates() {
        return machine.aggregates().stream().map(AggregateDescription::name).toList();
    }

    Optional<AggregateDescription<S, ?>> aggregate(String name) {
        return machine.aggregates().stream()
                .filter(aggregate -> aggregate.name().equals(name))
                .findFirst();
    }

    List<String> properties() {
        return machine.properties().stream().map(PropertyDescription::name).toList();
    }

    Optional<PropertyDescription<S>> property(String name) {
        return machine.properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    static Dimension dimension(Unit unit) {
        return switch (unit) {
            case NONE -> Dimension.NUMBER;
            case NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS -> Dimension.DURATION;
            case BYTES -> Dimension.BYTES;
            case BITS_PER_SECOND -> Dimension.RATE;
        };
    }

    /** What a value is to be multiplied with to be in the unit of its dimension. */
    static double factor(Unit unit) {
        return switch (unit) {
            case NANOSECONDS -> SECONDS_PER_NANO;
            case MICROSECONDS -> SECONDS_PER_MICRO;
            case MILLISECONDS -> SECONDS_PER_MILLI;
            default -> 1;
        };
    }

    /** Of an aggregate's values; empty when they are nothing that can be put in order. */
    static Optional<Dimension> dimension(AggregateDescription<?, ?> aggregate) {
        for (Type implemented : aggregate.getClass().getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType generic
                    && generic.getRawType() == AggregateDescription.class) {
                return generic.getActualTypeArguments()[1] instanceof Class<?> type
                        ? dimension(type)
                        : Optional.empty();
            }
        }
        return Optional.of(Dimension.NUMBER);
    }

    private static Optional<Dimension> dimension(Class<?> type) {
        if (type == Duration.class) {
            return Optional.of(Dimension.DURATION);
        }
        boolean isNumber = Number.class.isAssignableFrom(type) || type == Histogram.class;
        return isNumber ? Optional.of(Dimension.NUMBER) : Optional.empty();
    }
}
