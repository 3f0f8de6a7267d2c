package dev.foresail.predictor.log;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node has made of an event. Immutable.
 *
 * @param number counts events from 1, those of the node's start or those of a simulation
 * @param atNanos when the event was looked at last
 * @param cause the number of the event in which the message was sent or the timer set; empty when it was none, or is not known
 * @param kind what the event is, with the names of the machine
 * @param handler the handler that ran, a layer of a stack in front where several have one of the name; empty when none has
 * @param outcome {@link #HANDLED}, or what else became of it
 * @param changes what the step has changed of the state, where that is looked at
 */
public record LoggedStep(
        NodeId node,
        long number,
        long atNanos,
        Optional<Long> cause,
        Event event,
        String kind,
        String handler,
        String outcome,
        Effects effects,
        List<Change> changes) {
    /** What becomes of an event that a handler takes. */
    public static final String HANDLED = "handled";

    public LoggedStep {
        changes = List.copyOf(changes);
    }

    /** What a field held, and what it holds then, as text. */
    public record Change(String field, String before, String after) {
        /** What is different; nothing when one of the states has no fields. */
        public static List<Change> between(List<FieldValue> before, List<FieldValue> after) {
            List<Change> changes = new ArrayList<>();
            for (int index = 0; index < Math.min(before.size(), after.size()); index++) {
                FieldValue old = before.get(index);
                FieldValue now = after.get(index);
                if (!old.equals(now)) {
                    changes.add(new Change(now.name(), String.valueOf(old.value()), String.valueOf(now.value())));
                }
            }
            return changes;
        }
    }
}
