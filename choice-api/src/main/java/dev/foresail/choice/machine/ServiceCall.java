package dev.foresail.choice.machine;

import java.util.List;

/**
 * A method of a service or of its upcalls.
 *
 * @param parameterTypes the qualified names of the parameters' types without type arguments, in order
 * @param returnType the qualified name of what it returns, {@code void} for nothing
 * @param caller the place of the parameter that names a layer; -1 for none
 */
public record ServiceCall(String name, List<String> parameterTypes, String returnType, int caller) {
    public ServiceCall {
        parameterTypes = List.copyOf(parameterTypes);
    }

    public boolean returnsValue() {
        return !returnType.equals("void");
    }

    /** As one would write it, such as {@code void route(long, java.lang.Record)}. */
    @Override
    public String toString() {
        return returnType + " " + name + "(" + String.join(", ", parameterTypes) + ")";
    }
}
