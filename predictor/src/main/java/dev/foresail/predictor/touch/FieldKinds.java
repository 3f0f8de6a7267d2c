package dev.foresail.predictor.touch;

import dev.foresail.choice.NodeId;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells fields whose contents cannot be changed through another field from such where that may be. Immutable. */
final class FieldKinds {
    private static final Set<Class<?>> VALUES = Set.of(
            String.class,
            NodeId.class,
            Duration.class,
            Instant.class,
            BigInteger.class,
            BigDecimal.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final Set<String> collections = new TreeSet<>();

    /** What a field may share with others. */
    enum Kind {
        /** What it holds never changes. */
        VALUE,
        /** A collection of values that is this field's for ever. */
        OWN_COLLECTION,
        /** Whatever it holds, another field may hold it too. */
        SHARED
    }

    FieldKinds(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                Kind kind = kind(field);
                kinds.put(field.getName(), kind);
                if (kind != Kind.VALUE) {
                    collections.add(field.getName());
                }
            }
        }
    }

    Kind of(String field) {
        return kinds.getOrDefault(field, Kind.SHARED);
    }

    /** All fields but values. */
    Set<String> collections() {
        return collections;
    }

    private static Kind kind(Field field) {
        if (isValue(field.getGenericType(), new HashSet<>())) {
            return Kind.VALUE;
        }
        boolean isOwn = Modifier.isFinal(field.getModifiers())
                && field.getType().getName().startsWith("java.util.")
                && field.getGenericType() instanceof ParameterizedType collection
                && Arrays.stream(collection.getActualTypeArguments())
                        .allMatch(element -> isValue(element, new HashSet<>()));
        return isOwn ? Kind.OWN_COLLECTION : Kind.SHARED;
    }

    /** @param open what is being asked about already: a record may be made of records like itself */
    private static boolean isValue(Type type, Set<Type> open) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() == Optional.class
                    && Arrays.stream(parameterized.getActualTypeArguments()).allMatch(each -> isValue(each, open));
        }
        if (!(type instanceof Class<?> simple)) {
            return false;
        }
        return simple.isPrimitive()
                || simple.isEnum()
                || VALUES.contains(simple)
                || simple.isRecord() && (!open.add(simple) || areValues(simple, open));
    }

    private static boolean areValues(Class<?> type, Set<Type> open) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .allMatch(each -> isValue(each, open));
    }
}
