package dev.foresail.predictor.touch;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;

/**
 * Which fields of a protocol's state its methods may change or read, by their compiled code and that of the methods of the
 * same class that they call. Immutable; nothing of the protocol is run.
 *
 * <p>Idea: a state is reached by its fields only, as long as the state itself is handed to nobody else. So the fields that the
 * code names are all that can matter. Trade-off: where that is not certain, the answer is "anything", and nothing is gained:
 * the state is handed to another class, kept in a variable, or the protocol inherits fields. A collection that is
 * read counts as changed; collections that are assigned anew, or that hold what can be changed, may be the same object as any
 * other. Weakness: two final fields that are given the same collection by the constructor are taken for two, as copies of
 * the state take them.
 */
public final class FieldUse {
    private static final ClassValue<FieldUse> KNOWN = new ClassValue<>() {
        @Override
        protected FieldUse computeValue(Class<?> type) {
            return new FieldUse(type);
        }
    };

    private final FieldKinds kinds;
    private final Map<String, MethodUse> methods;

    private FieldUse(Class<?> protocol) {
        this.kinds = new FieldKinds(protocol);
        this.methods = protocol.getSuperclass() == Object.class ? read(protocol) : Map.of();
    }

    /** Of one class, read once. */
    public static FieldUse of(Class<?> protocol) {
        return KNOWN.get(protocol);
    }

    /** By name and descriptor; empty when there is no class file or it is of a version that is not known. */
    private static Map<String, MethodUse> read(Class<?> protocol) {
        String name = protocol.getName();
        try (InputStream file = protocol.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (file == null) {
                return Map.of();
            }
            MethodUseReader reader = new MethodUseReader();
            new ClassReader(file.readAllBytes()).accept(reader, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
            return reader.methods();
        } catch (IOException | IllegalArgumentException cannotBeRead) {
            return Map.of();
        }
    }

    /** The fields that the methods of that name may change; empty when it may be any. */
    public Optional<Set<String>> changedBy(String method) {
        return fields(method, use -> {
            Set<String> changed = new TreeSet<>(use.written());
            for (String field : use.read()) {
                switch (kinds.of(field)) {
                    case VALUE -> {}
                    case OWN_COLLECTION -> changed.add(field);
                    case SHARED -> changed.addAll(kinds.collections());
                }
            }
            return changed;
        });
    }

    /** The fields that the methods of that name may read; empty when it may be any. */
    public Optional<Set<String>> readBy(String method) {
        return fields(method, use -> withShared(use.read()));
    }

    /** The fields whose change may be seen by who looks at one; empty when it may be any. */
    public Optional<Set<String>> readOf(String field) {
        return methods.isEmpty() ? Optional.empty() : Optional.of(withShared(Set.of(field)));
    }

    private Set<String> withShared(Set<String> fields) {
        Set<String> read = new TreeSet<>(fields);
        if (fields.stream().anyMatch(field -> kinds.of(field) == FieldKinds.Kind.SHARED)) {
            read.addAll(kinds.collections());
        }
        return read;
    }

    private Optional<Set<String>> fields(String method, Function<MethodUse, Set<String>> fieldsOf) {
        Set<String> reached = new HashSet<>();
        Deque<String> waiting = new ArrayDeque<>(named(method));
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Set<String> fields = new TreeSet<>();
        while (!waiting.isEmpty()) {
            String next = waiting.remove();
            if (reached.add(next)) {
                MethodUse use = methods.get(next);
                if (use == null || use.handsStateOver()) {
                    return Optional.empty();
                }
                fields.addAll(fieldsOf.apply(use));
                waiting.addAll(use.called());
            }
        }
        return Optional.of(fields);
    }

    private Set<String> named(String method) {
        Set<String> named = new TreeSet<>();
        for (String signature : methods.keySet()) {
            if (signature.substring(0, signature.indexOf('(')).equals(method)) {
                named.add(signature);
            }
        }
        return named;
    }

    /**
     * What the code of one method uses of the state.
     *
     * @param read fields that are read
     * @param written fields that are assigned
     * @param called methods of the same class, by name and descriptor
     * @param handsStateOver whether the state itself goes anywhere but to these methods
     */
    record MethodUse(Set<String> read, Set<String> written, Set<String> called, boolean handsStateOver) {
        MethodUse {
            read = Set.copyOf(read);
            written = Set.copyOf(written);
            called = Set.copyOf(called);
        }
    }
}
