package dev.foresail.predictor.resolve;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.Objective;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of alternatives as functions of features, predicted in simulations before deployment. A node that has predicted nothing for a situation itself
 * takes these before its fast policy. Immutable.
 *
 * <p>What is averaged here are predictions of situations with the same features, so the table is worth as much as the features are: what they do not show,
 * such as which links are slow, the table does not know either. So own predictions always come first.
 */
public final class ValueTable {
    private final Origin origin;
    private final SortedMap<Long, Row> rows;

    /** @param rows by features */
    ValueTable(Origin origin, SortedMap<Long, Row> rows) {
        this.origin = origin;
        this.rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /**
     * What a table is for: values of another protocol, or by another objective, mean something else.
     *
     * @param schema the machine's, in hexadecimal
     * @param parameters the protocol's configuration values, by name
     * @param objectives in words, the general ones under the empty name
     */
    public record Origin(
            String protocol,
            String schema,
            SortedMap<String, String> parameters,
            SortedMap<String, String> objectives) {
        public Origin {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            objectives = Collections.unmodifiableSortedMap(new TreeMap<>(objectives));
        }

        /** Of nodes that are configured so. */
        public static Origin of(Machine<?> machine, SortedMap<String, String> parameters, ResolverSettings settings) {
            SortedMap<String, String> objectives = new TreeMap<>();
            settings.objective().ifPresent(objective -> objectives.put("", inWords(objective)));
            settings.objectives().forEach((name, objective) -> objectives.put(name, inWords(objective)));
            return new Origin(machine.protocol(), Long.toHexString(machine.schema()), parameters, objectives);
        }

        private static String inWords(Objective objective) {
            StringBuilder words = new StringBuilder();
            for (Objective.Goal goal : objective.terms()) {
                if (goal instanceof Objective.Term term) {
                    words.append("minimize: ").append(term.weights());
                } else if (goal instanceof Objective.Formula formula) {
                    words.append(formula.wanted().label())
                            .append(": ")
                            .append(formula.expression().text());
                }
                words.append("; ");
            }
            words.append("horizon: ").append(objective.horizon());
            return objective.futures() == Objective.Futures.WHOLE
                    ? words.toString()
                    : words.append("; futures: ")
                            .append(objective.futures().label())
                            .toString();
        }

        /** Why a table for this is none for {@code wanted}; empty when it is. */
        public Optional<String> mistake(Origin wanted) {
            return differs("protocol", protocol, wanted.protocol)
                    .or(() -> differs("version of the protocol (its schema)", schema, wanted.schema))
                    .or(() -> differs("parameters", parameters.toString(), wanted.parameters.toString()))
                    .or(() -> differs("objectives", objectives.toString(), wanted.objectives.toString()));
        }

        private static Optional<String> differs(String what, String here, String wanted) {
            return here.equals(wanted)
                    ? Optional.empty()
                    : Optional.of("it was made for other " + what + ": " + here + ", here " + wanted);
        }
    }

    /**
     * What is known of situations with the same features.
     *
     * @param best the index of the alternative to take
     * @param values one for each alternative
     * @param predictions how many it rests on, at least 1
     */
    public record Row(int best, List<Decision.Value> values, int predictions) {
        public Row {
            values = List.copyOf(values);
            if (best < 0 || best >= values.size() || predictions < 1) {
                throw new IllegalArgumentException(
                        "no row: alternative " + best + " of " + values.size() + ", " + predictions + " predictions");
            }
        }
    }

    public Origin origin() {
        return origin;
    }

    /** By features, ascending. */
    SortedMap<Long, Row> rows() {
        return rows;
    }

    /** For how many situations it has values. */
    public int size() {
        return rows.size();
    }

    /**
     * What is known of a situation.
     *
     * @param alternatives how many there are: a row of another number is of something else
     */
    Optional<Row> find(long features, int alternatives) {
        return Optional.ofNullable(rows.get(features))
                .filter(row -> row.values().size() == alternatives);
    }
}
