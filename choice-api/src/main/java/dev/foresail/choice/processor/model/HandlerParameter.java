package dev.foresail.choice.processor.model;

import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * A parameter of a handler or guard.
 *
 * @param argument the place among a call's arguments, or among the fields of which a handler of changes takes the value before; -1 for other roles
 */
public record HandlerParameter(VariableElement element, Role role, int argument) {
    /** What a parameter gets. */
    public enum Role {
        MESSAGE,
        FROM,
        CHOICE,
        NODE,
        ARGUMENT,
        /** What a field was before the step. */
        BEFORE,
        /** What was asked in a phase. */
        ASKED,
        /** What was answered in it. */
        ANSWERS,
        /** The layer that calls. */
        CALLER,
        /** Nothing that the event has. */
        UNKNOWN
    }

    public String name() {
        return element.getSimpleName().toString();
    }

    public TypeMirror type() {
        return element.asType();
    }
}
