package dev.foresail.eval.complexity;

import java.util.List;

/** The figures of several sources, in the order they were given. */
public record ComplexityReport(List<SourceFigures> sources) {
    public ComplexityReport {
        sources = List.copyOf(sources);
    }

    /**
     * The figures of one source.
     *
     * @throws IllegalArgumentException when it was not measured
     */
    public SourceFigures of(String name) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' was not measured"));
    }
}
