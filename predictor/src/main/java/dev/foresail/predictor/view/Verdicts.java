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

    /** What can be said at the end of a run that took so long: a liveness property whose time has not passed is not violated yet. */
    public static <S> Verdict after(PropertyDescription<S> property, SystemView<S> view, long nowNanos) {
        Verdict verdict = of(property, view);
        boolean isStillInTime =
                property.within().filter(within -> within.toNanos() > nowNanos).isPresent();
        return verdict == Verdict.VIOLATED && isStillInTime ? Verdict.UNKNOWN : verdict;
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
