package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.StackMachine;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of a protocol's states are taken for the same: those whose fields of {@code enum} types and of type {@code boolean} hold the same
 * values. These are what authors write down a node's role and phase in; all other fields count and collect. Immutable, thread-safe.
 */
final class StateClasses<S> {
    private final Machine<S> machine;
    /** By the names that the machine's values may have: a stack says the layer where several layers have a field of that name. */
    private final Set<String> fields;

    StateClasses(Machine<S> machine) {
        this.machine = machine;
        List<? extends Machine<?>> layers = machine instanceof StackMachine stack ? stack.layers() : List.of(machine);
        this.fields = layers.stream()
                .flatMap(layer -> fields(layer).flatMap(field -> Stream.of(field, layer.protocol() + "." + field)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of the fields of few values. */
    private static Stream<String> fields(Machine<?> layer) {
        return layer.protocolTypes().stream()
                .flatMap(protocol -> Stream.<Class<?>>iterate(protocol, Objects::nonNull, Class::getSuperclass))
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && isOfFewValues(field))
                .map(Field::getName);
    }

    private static boolean isOfFewValues(Field field) {
        return field.getType().isEnum() || field.getType() == boolean.class;
    }

    /** Whether all states are in one class. */
    boolean isOne() {
        return fields.isEmpty();
    }

    /** The class of a state, such as {@code role=LEADER, closed=false}. */
    String of(S state) {
        return machine.values(state).stream()
                .filter(value -> fields.contains(value.name()))
                .map(FieldValue::toString)
                .collect(Collectors.joining(", "));
    }
}
