package dev.foresail.predictor.view;

import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks properties what can be said of them in a view. Pure functions. */
public final class Verdicts {
    private Verdicts() {}

    public static <S> Verdict of(PropertyDescription<S> property, SystemView<S> view) {
        try {
            return property.holds(view) ? Verdict.HOLDS : Verdict.VIOLATED;
        } catch (UnknownNodeException unknown) {
            return Verdict.UNKNOWN;
        }
    }

    /** All properties of a protocol by name. */
    public static <S> SortedMap<String, Verdict> all(Machine<S> machine, SystemView<S> view) {
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        machine.properties().forEach(property -> verdicts.put(property.name(), of(property, view)));
        return verdicts;
    }

    /** How many safety properties are violated for certain. */
    public static <S> int violatedSafety(Machine<S> machine, SystemView<S> view) {
        int violated = 0;
        for (PropertyDescription<S> property : machine.properties()) {
            if (property.kind() == PropertyDescription.Kind.SAFETY && of(property, view) == Verdict.VIOLATED) {
                violated++;
            }
        }
        return violated;
    }
}
