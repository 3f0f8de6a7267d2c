package dev.foresail.predictor.search;

import dev.foresail.predictor.model.Action;
import java.util.List;

/**
 * A path to a world in which a property is violated, or to a handler that throws.
 *
 * @param property the property's name, or {@link dev.foresail.predictor.model.SystemModel#HANDLER_THREW}
 * @param isLiveness whether it is a liveness property, which then never came to hold
 * @param initialWorld the index of the world in which the path begins
 * @param actions the path
 * @param detail what was thrown, or where a walk was lost; else empty
 */
public record Violation(String property, boolean isLiveness, int initialWorld, List<Action> actions, String detail) {
    public Violation {
        actions = List.copyOf(actions);
    }

    public int depth() {
        return actions.size();
    }
}
