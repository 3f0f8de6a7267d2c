package dev.foresail.predictor.objective;

import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.text.Nearest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The functions of the language. Pure functions. */
public final class Functions {
    private static final Pattern PERCENTILE = Pattern.compile("p[1-9][0-9]?");
    private static final List<String> NAMES =
            List.of("mean", "p50", "p95", "p99", "min", "max", "abs", "downtime", "outage", "holds", "live");

    /** What functions are of. */
    enum Kind {
        /** Over roll-outs, or nodes. */
        MEAN,
        PERCENTILE,
        /** Of several, or over nodes. */
        EXTREME,
        ABSOLUTE,
        /** Of the link to the candidate. */
        LINK,
        /** How long a property is violated. */
        TIME,
        /** Constraints, which are no values. */
        QUESTION,
        UNKNOWN
    }

    private Functions() {}

    /** Whether the language has a function of this name, which would hide a figure of a provider. */
    public static boolean isTaken(String name) {
        return kind(name, List.of()) != Kind.UNKNOWN;
    }

    /** @param linkFigures the functions of the link to the candidate */
    static Kind kind(String function, List<String> linkFigures) {
        if (PERCENTILE.matcher(function).matches()) {
            return Kind.PERCENTILE;
        }
        return switch (function) {
            case "mean" -> Kind.MEAN;
            case "min", "max" -> Kind.EXTREME;
            case "abs" -> Kind.ABSOLUTE;
            case "downtime", "outage" -> Kind.TIME;
            case "holds", "live" -> Kind.QUESTION;
            default -> linkFigures.contains(function) ? Kind.LINK : Kind.UNKNOWN;
        };
    }

    /** Of a percentile, 1 to 99. */
    static int percent(String function) {
        return Integer.parseInt(function.substring(1));
    }

    /** Whether a function may stand where a value is wanted, with so many arguments; says why not. */
    static boolean isUsable(Kind kind, Expression.Call call, Leaves<?> leaves, Mistakes mistakes) {
        int arguments = call.arguments().size();
        if (kind == Kind.UNKNOWN) {
            mistakes.add(
                    call,
                    Mistakes.NAME,
                    "no function is named '" + call.function() + "'"
                            + Nearest.hint(
                                    call.function(),
                                    Stream.concat(NAMES.stream(), leaves.linkFigures().stream())
                                            .toList()));
        } else if (kind == Kind.QUESTION) {
            mistakes.add(
                    call,
                    Mistakes.MISUSE,
                    "'" + call.text()
                            + "' is no value but a constraint, and stands alone behind 'subject to:'; 'downtime' and 'outage' are values");
        } else if (kind == Kind.EXTREME && arguments < 2) {
            mistakes.add(
                    call,
                    Mistakes.MISUSE,
                    "'" + call.function() + "' takes two values or more, or an aggregate" + leaves.knownAggregates());
        } else if (kind != Kind.EXTREME && arguments != 1) {
            mistakes.add(call, Mistakes.MISUSE, "'" + call.function() + "' takes one argument, not " + arguments);
        } else {
            return true;
        }
        return false;
    }
}
