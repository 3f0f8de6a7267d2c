package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a node contributes to a multiset; what generated machines use.
 *
 * @param <S> the protocol's state
 * @param name of a field or a static method of the protocol
 * @param isField whether it is a field
 * @param values a pure function; what it gives may be the state's own collection, to be looked at only, but of immutable values
 */
public record Contribution<S>(
        String name, boolean isField, BiFunction<? super S, NodeId, ? extends Collection<?>> values) {
    /** What a field contributes. */
    public static <S> Contribution<S> ofField(
            String name, BiFunction<? super S, NodeId, ? extends Collection<?>> values) {
        return new Contribution<>(name, true, values);
    }

    /** What a static method contributes. */
    public static <S> Contribution<S> ofMethod(
            String name, BiFunction<? super S, NodeId, ? extends Collection<?>> values) {
        return new Contribution<>(name, false, values);
    }

    /** What the node with that state contributes now; valid until the state changes. */
    public Collection<?> of(S state, NodeId node) {
        return values.apply(state, node);
    }

    /** A value that contributes itself, or null, which contributes nothing. */
    public static Collection<?> one(Object value) {
        return value == null ? List.of() : List.of(value);
    }

    /** What an optional contributes, or null. */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static Collection<?> held(Optional<?> value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value.get());
    }

    /** What a collection contributes, or null, which contributes nothing; nor does an element that is null. */
    public static Collection<?> elements(Collection<?> values) {
        if (values == null) {
            return List.of();
        }
        for (Object each : values) {
            if (each == null) {
                return values.stream().filter(Objects::nonNull).toList();
            }
        }
        return values;
    }
}
