package dev.foresail.choice.processor.check;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** A clause such as "; did you mean 'hasRoom'?", empty when no known name is near. */
    static String hint(String wrong, Collection<String> known) {
        return find(wrong, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(known.isEmpty() ? "" : "; known: " + String.join(", ", known));
    }

    private static Optional<String> find(String wrong, Collection<String> known) {
        int best = Math.max(2, wrong.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String name : known) {
            int distance = distance(wrong, name);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    /** How many characters must be put in, taken out or changed. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int above = row[column];
                int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(changed, 1 + Math.min(above, row[column - 1]));
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
