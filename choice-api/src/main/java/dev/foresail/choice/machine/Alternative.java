package dev.foresail.choice.machine;

import java.util.List;

/**
 * One way to handle an event: a handler and what its choice parameters are bound to, in the order of the parameters.
 *
 * @param handler the handler's index in {@link Machine#handlers()}
 */
public record Alternative(int handler, List<Object> bindings) {
    public Alternative {
        bindings = List.copyOf(bindings);
    }

    public static Alternative of(int handler) {
        return new Alternative(handler, List.of());
    }
}
