package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.Sources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS020 to FS025: the fields. */
final class FieldCheck extends Check {
    /** Classes and interfaces whose objects read or do what only {@code Node} may. */
    private static final Set<String> FORBIDDEN = Set.of(
            "java.util.random.RandomGenerator",
            "java.util.Random",
            "java.util.Timer",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.util.concurrent.locks.Lock",
            "java.util.concurrent.locks.ReadWriteLock",
            "java.util.concurrent.Executor",
            "java.util.concurrent.Future",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.io.InputStream",
            "java.io.OutputStream");

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.TreeSet",
            "java.util.TreeMap",
            "java.util.HashSet",
            "java.util.HashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedHashMap",
            "java.lang.StringBuilder");

    FieldCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (VariableElement field : protocol.lineage().fields()) {
            if (field.getModifiers().contains(Modifier.STATIC)) {
                checkStatic(field);
            }
        }
        for (VariableElement field : protocol.fields()) {
            if (!isBroken(field.asType())) {
                checkState(field);
            }
        }
    }

    private void checkStatic(VariableElement field) {
        boolean mutable = !field.getModifiers().contains(Modifier.FINAL)
                || field.asType().getKind() == TypeKind.ARRAY
                || MUTABLE.contains(types.erasure(field.asType()).toString())
                || isForbidden(field.asType());
        if (mutable) {
            error(
                    "FS020",
                    field,
                    "the static field '" + field.getSimpleName()
                            + "' can change, but nodes share no memory; make it a field of the state or an immutable"
                            + " constant");
        }
    }

    private void checkState(VariableElement field) {
        if (isForbidden(field.asType())) {
            error(
                    "FS022",
                    field,
                    "the field '" + field.getSimpleName()
                            + "' would make steps differ from run to run; take time, random numbers and timers from"
                            + " Node");
            return;
        }
        unreachable(field)
                .ifPresent(must -> error(
                        "FS025",
                        field,
                        "the state field '" + field.getSimpleName() + "' " + must
                                + ": the machine, a class beside the protocol, copies it"));
        try {
            encodings.ofState(field.asType());
        } catch (NotEncodableException refused) {
            boolean hash = refused.isHashOrdered() || Sources.isHashOrdered(field.asType());
            error(
                    hash ? "FS021" : "FS024",
                    field,
                    "the field '" + field.getSimpleName() + "' cannot be state: " + refused.reason());
        }
    }

    private boolean isForbidden(TypeMirror type) {
        Deque<TypeMirror> open = new ArrayDeque<>();
        open.add(type);
        while (!open.isEmpty()) {
            TypeMirror next = open.remove();
            if (next.getKind() != TypeKind.DECLARED) {
                continue;
            }
            String name = ((TypeElement) ((DeclaredType) next).asElement())
                    .getQualifiedName()
                    .toString();
            if (FORBIDDEN.contains(name) || name.startsWith("java.util.concurrent.atomic.")) {
                return true;
            }
            open.addAll(types.directSupertypes(next));
        }
        return false;
    }
}
