package dev.foresail.predictor.campaign;

import dev.foresail.choice.NodeId;
import java.util.List;

/**
 * A choice of a run that does not take what comes first. In a run that is a little different it is known by its time and, where nothing is
 * chosen at that time, by how many such choices its node has made before. Immutable.
 *
 * @param choice its name, such as {@code randtree.delegate.child}
 * @param atNanos virtual time
 * @param turn counts how often the node chooses something under this name at that time, from 1
 * @param number counts how often the node chooses something under this name, from 1, restarts included
 * @param taken the indices of what is taken, growing; one, unless the choice is of several
 */
public record ChoiceOccurrence(NodeId node, String choice, long atNanos, int turn, int number, List<Integer> taken) {
    public ChoiceOccurrence {
        taken = List.copyOf(taken);
    }
}
