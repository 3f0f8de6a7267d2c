package dev.foresail.choice.machine;

import java.util.List;

/**
 * What the application may ask a node.
 *
 * @param parameters the arguments' names and types; {@link ParameterDescription#type()} may be any class here
 */
public record CallDescription(String name, List<ParameterDescription> parameters) {
    public CallDescription {
        parameters = List.copyOf(parameters);
    }
}
