package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;
import java.util.Optional;
import java.util.function.Function;

/**
 * An option that only one experiment has; on the command line it stands after the experiment's name. Immutable.
 *
 * @param name as on the command line, such as {@code --minutes}
 * @param label what stands for its value in help, such as {@code N}; empty when it has none
 * @param defaultValue when it is not given
 * @param help what it is for, in one line
 * @param expected what its value has to be, such as "a whole number of at least 1"
 * @param reader makes the value from its text; empty when it is not what is expected
 */
public record OwnOption<T>(
        String name, String label, T defaultValue, String help, String expected, Function<String, Optional<T>> reader) {
    /** Whole numbers of at least 1. */
    public static OwnOption<Integer> count(String name, int defaultValue, String help) {
        return new OwnOption<>(name, "N", defaultValue, help, "a whole number of at least 1", OwnOption::count);
    }

    /** One without a value: it is given or not. */
    public static OwnOption<Boolean> flag(String name, String help) {
        return new OwnOption<>(name, "", false, help, "without a value", text -> Optional.of(true));
    }

    boolean isFlag() {
        return label.isEmpty();
    }

    private static Optional<Integer> count(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= 1);
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    /** @throws ConfigurationException FS200 when the text is not what is expected */
    T read(String text) {
        return reader.apply(text)
                .orElseThrow(
                        () -> new ConfigurationException("FS200", name + " is " + expected + ", not '" + text + "'"));
    }

    /** A line of help. */
    String described() {
        return isFlag() ? name + ": " + help : name + " " + label + ": " + help + " (" + defaultValue + ")";
    }
}
