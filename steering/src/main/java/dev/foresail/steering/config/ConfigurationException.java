package dev.foresail.steering.config;

import java.util.List;
import java.util.stream.Collectors;

/** A user's mistake, or several: the message has a line for each. The command line ends with exit code 64. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** A mistake that is in no file. */
    public ConfigurationException(String code, String text) {
        this(List.of(new Problem("", code, text)));
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
