package dev.foresail.steering.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects what is wrong with one file, so that all of it is said at once. */
final class Problems {
    private final String file;
    private final List<Placed> found = new ArrayList<>();

    private record Placed(int line, int column, Problem problem) {}

    Problems(String file) {
        this.file = file;
    }

    void add(Node at, String code, String text) {
        add(at.getStartMark(), code, text);
    }

    void add(Optional<Mark> at, String code, String text) {
        int line = at.map(mark -> mark.getLine() + 1).orElse(1);
        int column = at.map(mark -> mark.getColumn() + 1).orElse(1);
        found.add(new Placed(line, column, new Problem(place(line, column), code, text)));
    }

    /**
     * A mistake within a text that stands on one line, or at its beginning where it stands on several.
     *
     * @param column within the text, from 1
     */
    void add(ScalarNode at, int column, String code, String text) {
        boolean isOnOneLine =
                at.getStartMark().map(Mark::getLine).equals(at.getEndMark().map(Mark::getLine));
        int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int first = at.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1) + (at.isPlain() ? 0 : 1);
        int place = isOnOneLine ? first + column - 1 : first;
        found.add(new Placed(line, place, new Problem(place(line, place), code, text)));
    }

    /** Where a value stands, for a mistake that can only be seen later. */
    String place(Node at) {
        return at.getStartMark()
                .map(mark -> place(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(file);
    }

    private String place(int line, int column) {
        return file + ":" + line + ":" + column;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws ConfigurationException when anything is wrong */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    ConfigurationException exception() {
        return new ConfigurationException(found.stream()
                .sorted(Comparator.comparingInt(Placed::line).thenComparingInt(Placed::column))
                .map(Placed::problem)
                .toList());
    }
}
