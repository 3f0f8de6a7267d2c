package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.model.Annotations;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;

/** A field that is state. */
record StateField(VariableElement field, Encoding encoding) {
    String name() {
        return field.getSimpleName().toString();
    }

    boolean isDurable() {
        return Annotations.has(field, "Durable");
    }

    boolean isStable() {
        return Annotations.has(field, "Stable");
    }

    boolean isFinal() {
        return field.getModifiers().contains(Modifier.FINAL);
    }

    /** Whether it may be null, so that a flag goes before its value. */
    boolean isNullable() {
        return !isFinal() && !field.asType().getKind().isPrimitive();
    }
}
