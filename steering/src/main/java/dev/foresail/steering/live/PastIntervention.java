package dev.foresail.steering.live;

import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.OneLine;

/**
 * What is kept of an {@link Intervention}: texts that are bounded, as peers choose how long their messages are. Immutable.
 *
 * @param event in one line, cut after {@value LimitedLog#MAX_CHARACTERS} characters
 */
public record PastIntervention(String event, String handler, String property, Intervention.Kind kind, boolean steered) {
    static PastIntervention of(Intervention intervention) {
        return new PastIntervention(
                OneLine.of(intervention.event().toString(), LimitedLog.MAX_CHARACTERS),
                intervention.handler(),
                intervention.property(),
                intervention.kind(),
                intervention.steered());
    }
}
