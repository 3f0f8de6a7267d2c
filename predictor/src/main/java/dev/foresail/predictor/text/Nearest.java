package dev.foresail.predictor.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. Pure functions. */
public final class Nearest {
    private Nearest() {}

    /** The name with the fewest edits (insert, delete, replace, case for free); empty when none is near. */
    public static Optional<String> to(String given, Collection<String> names) {
        return names.stream()
                .filter(name -> edits(given, name) <= Math.max(2, Math.max(given.length(), name.length()) / 3))
                .min(Comparator.comparingInt((String name) -> edits(given, name))
                        .thenComparing(name -> name));
    }

    /** {@code ; did you mean 'x'?} where something is near, then what is known. */
    public static String hint(String given, Collection<String> names) {
        String known = names.isEmpty() ? "there are none" : "known: " + String.join(", ", names);
        return to(given, names).map(name -> "; did you mean '" + name + "'?").orElse(";") + " (" + known + ")";
    }

    private static int edits(String given, String name) {
        String one = given.toLowerCase(Locale.ROOT);
        String other = name.toLowerCase(Locale.ROOT);
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
