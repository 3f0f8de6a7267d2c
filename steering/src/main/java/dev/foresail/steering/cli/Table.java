package dev.foresail.steering.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table for people, in plain text: numbers to the right, the rest to the left. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    public Table(String... headings) {
        columns = headings.length;
        rows.add(List.of(headings));
    }

    /** Adds a row; numbers are shown with up to three decimals. */
    public Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(text(cell));
        }
        rows.add(texts);
        return this;
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? number(number) : String.valueOf(cell);
    }

    /** A number as it is shown; a dash for what is none. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return "-";
        }
        String shown = String.format(Locale.ROOT, "%.3f", number);
        return shown.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            text.append(line(rows.get(row))).append(System.lineSeparator());
        }
        return text.toString();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            String padding = " ".repeat(width(column) - cells.get(column).length());
            boolean right = isNumeric(column);
            line.append(column == 0 ? "" : "  ")
                    .append(right ? padding + cells.get(column) : cells.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9.]+|-"));
    }
}
