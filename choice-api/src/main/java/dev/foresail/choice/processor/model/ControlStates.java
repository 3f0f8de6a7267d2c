package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** The control states of a protocol: the field that is marked, and which constants of its type a handler is bound to. */
public final class ControlStates {
    private ControlStates() {}

    /** The fields marked {@link dev.foresail.choice.ControlState}: one at most in a protocol without mistakes. */
    public static List<VariableElement> fields(ProtocolModel protocol) {
        return protocol.lineage().fields().stream()
                .filter(each -> Annotations.has(each, "ControlState"))
                .toList();
    }

    /** The names of the constants of the field's type; none when it is no enum. */
    public static List<String> constants(VariableElement field) {
        if (field.asType().getKind() != TypeKind.DECLARED) {
            return List.of();
        }
        Element type = ((DeclaredType) field.asType()).asElement();
        return type.getEnclosedElements().stream()
                .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                .map(each -> each.getSimpleName().toString())
                .toList();
    }

    /** The constants that the handler is bound to, as they are written, each once; empty when it applies in every control state. */
    public static Optional<List<String>> of(HandlerModel handler) {
        return Annotations.find(handler.method(), "In")
                .map(each ->
                        Annotations.texts(each, "value").stream().distinct().toList());
    }
}
