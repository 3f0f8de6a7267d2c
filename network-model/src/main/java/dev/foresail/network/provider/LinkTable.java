package dev.foresail.network.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * A table of links as text: a line {@code from,to,FIGURE,...}, then a line for each link; an empty place is not known. Lines that are empty or
 * begin with # do not count. A round trip that is given in one direction is that of the other as well. Immutable.
 *
 * @param <P> names an endpoint
 */
public final class LinkTable<P> implements LinkFacts<P> {
    /** A link takes some 150 bytes. */
    public static final int MOST_LINKS = 1_000_000;

    private final List<String> figures;
    private final Map<Pair<P>, double[]> values;

    private record Pair<P>(P from, P to) {}

    private LinkTable(List<String> figures, Map<Pair<P>, double[]> values) {
        this.figures = figures;
        this.values = values;
    }

    /**
     * Reads a table.
     *
     * @param source for messages
     * @param wanted columns that must be there; others are left out
     * @param endpoint of a name; throws IllegalArgumentException when there is none of that name
     * @throws ProviderFormatException when it is none
     */
    public static <P> LinkTable<P> read(String source, String text, List<String> wanted, Function<String, P> endpoint) {
        return new Reading<>(source, wanted, endpoint).read(text.lines().toList());
    }

    /** One table being read. */
    private static final class Reading<P> {
        private final String source;
        private final List<String> wanted;
        private final Function<String, P> endpoint;
        private final Map<Pair<P>, double[]> values = new HashMap<>();
        private int[] places = {};
        private int columns;
        private int line;

        Reading(String source, List<String> wanted, Function<String, P> endpoint) {
            this.source = source;
            this.wanted = List.copyOf(wanted);
            this.endpoint = endpoint;
        }

        LinkTable<P> read(List<String> lines) {
            for (String each : lines) {
                line++;
                String trimmed = each.strip();
                if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                    continue;
                }
                String[] fields = each.split(",", -1);
                if (columns == 0) {
                    head(fields);
                } else {
                    row(fields);
                }
            }
            if (columns == 0) {
                throw new ProviderFormatException(source, "the table is empty; expected a first line 'from,to,rtt'");
            }
            return new LinkTable<>(wanted, values);
        }

        private void head(String[] fields) {
            List<String> names =
                    new ArrayList<>(Arrays.stream(fields).map(String::strip).toList());
            if (names.size() < 3
                    || !names.get(0).equals("from")
                    || !names.get(1).equals("to")) {
                throw wrong(0, fields, "a first line 'from,to,FIGURE', such as 'from,to,rtt'");
            }
            Set<String> seen = new HashSet<>();
            for (int column = 0; column < names.size(); column++) {
                if (!seen.add(names.get(column))) {
                    throw wrong(column, fields, "each name once");
                }
            }
            for (String name : wanted) {
                if (!names.contains(name)) {
                    throw new ProviderFormatException(
                            source + ":" + line, "no column is named '" + name + "' (known: " + names + ")");
                }
            }
            columns = names.size();
            places = wanted.stream().mapToInt(names::indexOf).toArray();
        }

        private void row(String[] fields) {
            if (fields.length != columns) {
                throw new ProviderFormatException(
                        source + ":" + line, fields.length + " values where " + columns + " were expected");
            }
            if (values.size() >= MOST_LINKS) {
                throw new ProviderFormatException(source + ":" + line, "more than " + MOST_LINKS + " links");
            }
            double[] row = new double[places.length];
            for (int index = 0; index < places.length; index++) {
                row[index] = number(places[index], fields);
            }
            if (values.put(new Pair<>(endpoint(0, fields), endpoint(1, fields)), row) != null) {
                throw wrong(0, fields, "each link once");
            }
        }

        private P endpoint(int column, String[] fields) {
            try {
                return endpoint.apply(fields[column].strip());
            } catch (IllegalArgumentException none) {
                throw wrong(column, fields, "a node id");
            }
        }

        private double number(int column, String[] fields) {
            String field = fields[column].strip();
            if (field.isEmpty()) {
                return Double.NaN;
            }
            double value = field.matches("[-+.0-9eE]{1,40}") ? parsed(field) : Double.NaN;
            if (!Double.isFinite(value)) {
                throw wrong(column, fields, "a number, or nothing");
            }
            return value;
        }

        private static double parsed(String field) {
            try {
                return Double.parseDouble(field);
            } catch (NumberFormatException none) {
                return Double.NaN;
            }
        }

        private ProviderFormatException wrong(int column, String[] fields, String expected) {
            int before = 0;
            for (int index = 0; index < column; index++) {
                before += fields[index].length() + 1;
            }
            String field = fields[column].strip();
            String shown = (field.length() > 60 ? field.substring(0, 60) + "..." : field).replaceAll("\\p{Cntrl}", " ");
            return new ProviderFormatException(
                    source + ":" + line + ":" + (before + 1), "'" + shown + "' where " + expected + " was expected");
        }
    }

    /** How many links it has. */
    public int size() {
        return values.size();
    }

    @Override
    public OptionalDouble of(String figure, P from, P to) {
        int place = figures.indexOf(figure);
        if (place < 0) {
            return OptionalDouble.empty();
        }
        OptionalDouble there = value(place, from, to);
        return there.isEmpty() && figure.equals(LinkProvider.RTT) ? value(place, to, from) : there;
    }

    private OptionalDouble value(int place, P from, P to) {
        double[] row = values.get(new Pair<>(from, to));
        return row == null || Double.isNaN(row[place]) ? OptionalDouble.empty() : OptionalDouble.of(row[place]);
    }
}
