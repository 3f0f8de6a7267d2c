package dev.foresail.choice.processor.model;

import java.util.Optional;
import javax.lang.model.element.VariableElement;

/**
 * A configuration value: a parameter of the constructor and the final field of the same name.
 *
 * @param field empty when there is none
 */
public record Configuration(VariableElement parameter, Optional<VariableElement> field) {
    public String name() {
        return parameter.getSimpleName().toString();
    }
}
