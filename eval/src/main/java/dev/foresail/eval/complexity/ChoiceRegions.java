package dev.foresail.eval.complexity;

import java.util.BitSet;
import java.util.List;

/**
 * The lines of a source that are marked as choice code: those between a line {@code // choice code} and a line
 * {@code // end of choice code}, and those that end with {@code // choice code}. Immutable.
 */
final class ChoiceRegions {
    private static final String MARK = "// choice code";
    private static final String END = "// end of choice code";

    private final BitSet lines = new BitSet();

    /** @throws IllegalArgumentException when a region is opened twice, or not closed, or closed before it is opened */
    ChoiceRegions(String name, String text) {
        boolean inside = false;
        List<String> all = text.lines().toList();
        for (int line = 1; line <= all.size(); line++) {
            String content = all.get(line - 1).trim();
            boolean opens = content.equals(MARK);
            boolean closes = content.equals(END);
            if (opens && inside || closes && !inside) {
                throw new IllegalArgumentException(name + ":" + line + ": regions of choice code do not nest");
            }
            inside = (inside || opens) && !closes;
            lines.set(line, inside || content.endsWith(MARK));
        }
        if (inside) {
            throw new IllegalArgumentException(name + ": the last region of choice code has no '" + END + "'");
        }
    }

    /** Whether {@code line}, from 1 on, is choice code. */
    boolean contains(long line) {
        return line >= 0 && lines.get((int) line);
    }
}
