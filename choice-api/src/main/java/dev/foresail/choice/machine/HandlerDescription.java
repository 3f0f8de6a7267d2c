package dev.foresail.choice.machine;

import java.util.List;

/**
 * A handler as the engines see it.
 *
 * @param name the method's name
 * @param choice the choice among handlers it belongs to, empty for none
 * @param choicePoints its choice parameters, in order
 */
public record HandlerDescription(String name, String choice, List<ChoicePointDescription> choicePoints) {
    public HandlerDescription {
        choicePoints = List.copyOf(choicePoints);
    }
}
