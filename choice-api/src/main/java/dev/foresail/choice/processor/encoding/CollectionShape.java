package dev.foresail.choice.processor.encoding;

import java.util.Map;
import java.util.Optional;

/** The kinds of collections and maps whose order is defined. */
enum CollectionShape {
    LIST("ArrayList", "List.copyOf(%s)"),
    DEQUE("ArrayDeque", ""),
    SORTED_SET("TreeSet", "Collections.unmodifiableSortedSet(%s)"),
    LINKED_SET("LinkedHashSet", ""),
    SORTED_MAP("TreeMap", "Collections.unmodifiableSortedMap(%s)"),
    LINKED_MAP("LinkedHashMap", "");

    private static final Map<String, CollectionShape> BY_NAME = Map.ofEntries(
            Map.entry("java.util.List", LIST),
            Map.entry("java.util.ArrayList", LIST),
            Map.entry("java.util.Deque", DEQUE),
            Map.entry("java.util.ArrayDeque", DEQUE),
            Map.entry("java.util.SortedSet", SORTED_SET),
            Map.entry("java.util.NavigableSet", SORTED_SET),
            Map.entry("java.util.TreeSet", SORTED_SET),
            Map.entry("java.util.LinkedHashSet", LINKED_SET),
            Map.entry("java.util.SortedMap", SORTED_MAP),
            Map.entry("java.util.NavigableMap", SORTED_MAP),
            Map.entry("java.util.TreeMap", SORTED_MAP),
            Map.entry("java.util.LinkedHashMap", LINKED_MAP));

    private final String implementation;
    private final String frozenTemplate;

    CollectionShape(String implementation, String frozenTemplate) {
        this.implementation = implementation;
        this.frozenTemplate = frozenTemplate;
    }

    static Optional<CollectionShape> of(String qualifiedName) {
        return Optional.ofNullable(BY_NAME.get(qualifiedName));
    }

    String implementation() {
        return implementation;
    }

    String schemaName() {
        return implementation;
    }

    boolean isMap() {
        return this == SORTED_MAP || this == LINKED_MAP;
    }

    boolean isList() {
        return this == LIST || this == DEQUE;
    }

    boolean isSorted() {
        return this == SORTED_SET || this == SORTED_MAP;
    }

    /** Whether an interface of this name may be a component of an immutable value. */
    static boolean isValueInterface(String qualifiedName) {
        return qualifiedName.equals("java.util.List")
                || qualifiedName.equals("java.util.SortedSet")
                || qualifiedName.equals("java.util.SortedMap");
    }

    String frozen(String expression) {
        return frozenTemplate.formatted(expression);
    }

    /** The constructor's argument for an empty collection with the order of {@code expression}. */
    String emptyLike(String expression) {
        return isSorted() ? expression + ".comparator()" : "";
    }
}
