package dev.foresail.predictor.resolve;

import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import java.util.SortedSet;
import java.util.TreeSet;

/** How operators may name a protocol's choices: {@code delegate}, {@code delegate.child} or {@code randtree.delegate.child}. Pure functions. */
public final class ChoiceNames {
    private ChoiceNames() {}

    /** The names of handlers with choices, of choices among handlers, and of choice points with their handlers. */
    public static SortedSet<String> known(Machine<?> machine) {
        SortedSet<String> names = new TreeSet<>();
        for (HandlerDescription handler : machine.handlers()) {
            if (!handler.choice().isEmpty()) {
                names.add(handler.choice());
            }
            for (ChoicePointDescription point : handler.choicePoints()) {
                names.add(handler.name());
                names.add(withoutProtocol(point.name()));
            }
        }
        return names;
    }

    /** Whether a protocol has a choice that can be named so. */
    public static boolean isKnown(Machine<?> machine, String name) {
        String prefix = machine.protocol() + ".";
        return known(machine).contains(name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                || machine.handlers().stream()
                        .flatMap(handler -> handler.choicePoints().stream())
                        .anyMatch(point -> point.name().equals(name));
    }

    /**
     * Whether a choice is meant by a name.
     *
     * @param choice as {@link dev.foresail.choice.machine.EventRules#choiceName} has it
     */
    static boolean isMeant(String name, String choice) {
        for (String point : choice.split("\\+", -1)) {
            String plain = withoutProtocol(point);
            if (point.equals(name) || isWithin(name, point) || plain.equals(name) || isWithin(name, plain)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(String name, String point) {
        return point.startsWith(name + ".") || point.startsWith(name + "#");
    }

    private static String withoutProtocol(String point) {
        return point.substring(point.indexOf('.') + 1);
    }
}
