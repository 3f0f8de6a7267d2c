package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.Annotations;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS330: the fields marked {@code @Stable}. */
final class StableCheck extends Check {
    private static final String OPTIONAL = "java.util.Optional";

    /** What can be merged: everything known stays, whatever is added. */
    private static final Set<String> MERGEABLE = Set.of(
            OPTIONAL,
            "java.util.List",
            "java.util.ArrayList",
            "java.util.SortedSet",
            "java.util.NavigableSet",
            "java.util.TreeSet",
            "java.util.LinkedHashSet",
            "java.util.SortedMap",
            "java.util.NavigableMap",
            "java.util.TreeMap",
            "java.util.LinkedHashMap");

    StableCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (VariableElement field : protocol.lineage().fields()) {
            if (Annotations.has(field, "Stable") && !isBroken(field.asType())) {
                check(field);
            }
        }
    }

    private void check(VariableElement field) {
        String name = "the field '" + field.getSimpleName() + "' cannot be @Stable: ";
        if (!protocol.fields().contains(field)) {
            error("FS330", field, name + "it is no state");
        } else if (!isMergeable(field.asType())) {
            error(
                    "FS330",
                    field,
                    name + "'" + field.asType()
                            + "' does not only grow; use a sorted or linked set or map, a List or an Optional");
        } else if (isConstant(field)) {
            error("FS330", field, name + "a final Optional is never set; remove 'final'");
        } else {
            checkElements(field, name);
        }
    }

    private static boolean isMergeable(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && MERGEABLE.contains(qualifiedName(type));
    }

    private static String qualifiedName(TypeMirror type) {
        return ((TypeElement) ((DeclaredType) type).asElement())
                .getQualifiedName()
                .toString();
    }

    private static boolean isConstant(VariableElement field) {
        return field.getModifiers().contains(Modifier.FINAL)
                && qualifiedName(field.asType()).equals(OPTIONAL);
    }

    private void checkElements(VariableElement field, String name) {
        for (TypeMirror argument : ((DeclaredType) field.asType()).getTypeArguments()) {
            try {
                if (encodings.ofState(argument).isMutable()) {
                    error(
                            "FS330",
                            field,
                            name + "a '" + argument + "' in it can change; use immutable elements, keys and values");
                }
            } catch (NotEncodableException refused) {
                // The field as a whole is refused too, with the reason.
                return;
            }
        }
    }
}
