package dev.foresail.choice.processor.model;

import java.util.List;

/** What handlers of changes watch. */
public final class Changes {
    private Changes() {}

    /** The names of the fields, as they are written; none when the handler waits for its guards to come to hold. */
    public static List<String> fields(HandlerModel handler) {
        return Annotations.texts(handler.annotation(), "value");
    }

    /** Whether the handler has guards, or is bound to control states. */
    public static boolean hasCondition(HandlerModel handler) {
        return !handler.when().isEmpty() || ControlStates.of(handler).isPresent();
    }
}
