package dev.foresail.choice.machine;

import java.util.List;

/**
 * A handler as the engines see it.
 *
 * @param name the method's name
 * @param choice the choice among handlers it belongs to, empty for none
 * @param choicePoints its choice parameters, in order
 * @param events what it handles, as {@link Event#kind} names it; empty when that is not known
 * @param guards its guards as they are written
 */
public record HandlerDescription(
        String name,
        String choice,
        List<ChoicePointDescription> choicePoints,
        List<String> events,
        List<String> guards) {
    public HandlerDescription {
        choicePoints = List.copyOf(choicePoints);
        events = List.copyOf(events);
        guards = List.copyOf(guards);
    }

    /** One of which is not known what it handles when. */
    public HandlerDescription(String name, String choice, List<ChoicePointDescription> choicePoints) {
        this(name, choice, choicePoints, List.of(), List.of());
    }
}
