package dev.foresail.eval.scenario;

import dev.foresail.choice.machine.ParameterDescription;
import java.util.List;
import java.util.Optional;

/**
 * Refuses values that a scenario's parameter must not have, before they make a model that is not what its name says. Pure
 * functions.
 */
public final class Settings {
    /** The value of {@link #BUG} with which a protocol does what it should. */
    public static final String NO_BUG = "none";

    /** The parameter that says which known bugs are in. */
    public static final ParameterDescription BUG = new ParameterDescription("bug", String.class, Optional.of(NO_BUG));

    /** The parameter that says in which world an exploration begins, from the very beginning unless it is given. */
    public static final ParameterDescription SNAPSHOT =
            new ParameterDescription("snapshot", String.class, Optional.of("initial"));

    /** The parameter that says how many nodes there are. */
    public static final ParameterDescription NODES = new ParameterDescription("nodes", Integer.class, Optional.of("3"));

    private Settings() {}

    /**
     * The value as a number.
     *
     * @throws IllegalArgumentException when it is less than {@code least}
     */
    public static int atLeast(int least, String name, Object value) {
        int number = (Integer) value;
        if (number < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + number);
        }
        return number;
    }

    /**
     * The value as a number.
     *
     * @throws IllegalArgumentException when it is less than {@code least} or more than {@code most}
     */
    public static int within(int least, int most, String name, Object value) {
        int number = (Integer) value;
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + number);
        }
        return number;
    }

    /**
     * The value as a text.
     *
     * @throws IllegalArgumentException when it is none of {@code known}
     */
    public static String oneOf(List<String> known, String name, Object value) {
        String text = (String) value;
        if (!known.contains(text)) {
            throw new IllegalArgumentException(
                    name + " is one of " + String.join(", ", known) + ", not '" + text + "'");
        }
        return text;
    }
}
