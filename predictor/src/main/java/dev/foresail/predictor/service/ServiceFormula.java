package dev.foresail.predictor.service;

import dev.foresail.network.random.Normal;
import dev.foresail.predictor.objective.Mistake;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.objective.language.Dimension;
import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Makes expressions to objectives of services. The language is that of protocols' objectives; its names are {@code latency}, which
 * has a mean and percentiles, {@code failures} and {@code inFlight}. Durations count in seconds. Used for one expression.
 */
public final class ServiceFormula {
    private static final Pattern PERCENTILE = Pattern.compile("p[1-9][0-9]?");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;
    private static final List<String> NAMES = List.of("latency", "failures", "inFlight");
    private static final List<String> FUNCTIONS = List.of("mean", "p50", "p95", "p99", "min", "max", "abs");

    private final List<Mistake> mistakes = new ArrayList<>();

    private ServiceFormula() {}

    /** A value of forecasts. */
    private record Operand(Dimension dimension, ToDoubleFunction<Forecast> value) {}

    /** What cannot be asked of a service: FS455, FS456 and FS457, with their columns. */
    public static List<Mistake> mistakes(Formula formula) {
        ServiceFormula reading = new ServiceFormula();
        reading.goal(formula);
        return List.copyOf(reading.mistakes);
    }

    /** @throws IllegalArgumentException when there are {@link #mistakes} */
    public static ServiceObjective compile(Formula formula) {
        ServiceFormula reading = new ServiceFormula();
        Optional<Operand> goal = reading.goal(formula);
        if (goal.isEmpty()) {
            Mistake first = reading.mistakes.get(0);
            throw new IllegalArgumentException("[" + first.code() + "] column " + first.column() + ": " + first.text());
        }
        ToDoubleFunction<Forecast> value = goal.get().value;
        return switch (formula.wanted()) {
            case MINIMIZE -> value::applyAsDouble;
            case MAXIMIZE -> forecast -> -value.applyAsDouble(forecast);
            case SUBJECT_TO -> forecast -> StrictMath.max(0, value.applyAsDouble(forecast));
        };
    }

    private Optional<Operand> goal(Formula formula) {
        if (formula.wanted() != Wanted.SUBJECT_TO) {
            return operand(formula.expression());
        }
        if (formula.expression() instanceof Expression.Comparison compared) {
            Expression small = compared.isUpperLimit() ? compared.left() : compared.right();
            Expression large = compared.isUpperLimit() ? compared.right() : compared.left();
            return alike(compared, small, large, "compared", (one, other) -> one - other);
        }
        misuse(formula.expression());
        return Optional.empty();
    }

    private Optional<Operand> operand(Expression expression) {
        if (expression instanceof Expression.Constant constant) {
            return Optional.of(new Operand(constant.dimension(), forecast -> constant.value()));
        } else if (expression instanceof Expression.Name name) {
            return named(name);
        } else if (expression instanceof Expression.Negated negated) {
            return operand(negated.operand())
                    .map(inner -> new Operand(inner.dimension, forecast -> -inner.value.applyAsDouble(forecast)));
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        }
        misuse(expression);
        return Optional.empty();
    }

    private void misuse(Expression expression) {
        mistakes.add(new Mistake(
                "FS456",
                expression.at() + 1,
                "'" + expression.text()
                        + "' is asked of protocols; a service's choice knows no properties and no horizon"));
    }

    private Optional<Operand> named(Expression.Name name) {
        return switch (name.name()) {
            case "latency" ->
                Optional.of(new Operand(Dimension.DURATION, forecast -> forecast.latencyNanos() / NANOS_PER_SECOND));
            case "failures" -> Optional.of(new Operand(Dimension.NUMBER, Forecast::failures));
            case "inFlight" -> Optional.of(new Operand(Dimension.NUMBER, Forecast::inFlight));
            default -> {
                mistakes.add(new Mistake(
                        "FS457",
                        name.at() + 1,
                        "a service's choice knows no '" + name.name() + "'" + Nearest.hint(name.name(), NAMES)));
                yield Optional.empty();
            }
        };
    }

    private Optional<Operand> binary(Expression.Binary binary) {
        return switch (binary.operator()) {
            case '+' -> alike(binary, binary.left(), binary.right(), "added", Double::sum);
            case '-' -> alike(binary, binary.left(), binary.right(), "subtracted", (one, other) -> one - other);
            default -> scaled(binary);
        };
    }

    /** How two values become one. */
    @FunctionalInterface
    private interface Joint {
        double of(double one, double other);
    }

    private Optional<Operand> alike(Expression at, Expression left, Expression right, String words, Joint joint) {
        Optional<Operand> one = operand(left);
        Optional<Operand> other = operand(right);
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        if (one.get().dimension != other.get().dimension) {
            mistakes.add(new Mistake(
                    "FS455",
                    at.at() + 1,
                    "'" + left.text() + "' is " + one.get().dimension.words() + " and '" + right.text() + "' is "
                            + other.get().dimension.words() + ": only what is of one kind can be " + words));
            return Optional.empty();
        }
        return Optional.of(joined(one.get().dimension, one.get(), other.get(), joint));
    }

    private static Operand joined(Dimension dimension, Operand one, Operand other, Joint joint) {
        return new Operand(
                dimension,
                forecast -> joint.of(one.value.applyAsDouble(forecast), other.value.applyAsDouble(forecast)));
    }

    private Optional<Operand> scaled(Expression.Binary binary) {
        Optional<Operand> one = operand(binary.left());
        Optional<Operand> other = operand(binary.right());
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        boolean isProduct = binary.operator() == '*';
        Dimension left = one.get().dimension;
        Dimension right = other.get().dimension;
        Optional<Dimension.Scaled> result = isProduct ? left.times(right) : left.over(right);
        if (result.isEmpty()) {
            mistakes.add(new Mistake(
                    "FS455",
                    binary.at() + 1,
                    "'" + binary.left().text() + "' is " + left.words() + " and '"
                            + binary.right().text() + "' is " + right.words() + ": they cannot be "
                            + (isProduct ? "multiplied" : "divided")));
            return Optional.empty();
        }
        double factor = result.get().factor();
        Joint joint = isProduct ? (a, b) -> factor * (a * b) : (a, b) -> factor * (a / b);
        return Optional.of(joined(result.get().dimension(), one.get(), other.get(), joint));
    }

    private Optional<Operand> call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        String function = call.function();
        if (function.equals("min") || function.equals("max")) {
            return extreme(call);
        }
        boolean isPercentile = PERCENTILE.matcher(function).matches();
        if (!isPercentile && !FUNCTIONS.contains(function)) {
            mistakes.add(new Mistake(
                    "FS457",
                    call.at() + 1,
                    "no function of a service's choice is named '" + function + "'"
                            + Nearest.hint(function, FUNCTIONS)));
            return Optional.empty();
        }
        if (arguments.size() != 1) {
            mistakes.add(new Mistake(
                    "FS456", call.at() + 1, "'" + function + "' takes one argument, not " + arguments.size()));
            return Optional.empty();
        }
        if (isPercentile) {
            return percentile(call, Integer.parseInt(function.substring(1)));
        }
        Optional<Operand> inner = operand(arguments.get(0));
        return function.equals("mean")
                ? inner
                : inner.map(operand -> new Operand(
                        operand.dimension, forecast -> StrictMath.abs(operand.value.applyAsDouble(forecast))));
    }

    private Optional<Operand> percentile(Expression.Call call, int percent) {
        if (call.arguments().get(0) instanceof Expression.Name name
                && name.name().equals("latency")) {
            double z = Normal.quantile(percent / PERCENT);
            return Optional.of(
                    new Operand(Dimension.DURATION, forecast -> forecast.latencyNanosAt(z) / NANOS_PER_SECOND));
        }
        mistakes.add(new Mistake(
                "FS456", call.at() + 1, "'" + call.text() + "': only 'latency' has percentiles in a service's choice"));
        return Optional.empty();
    }

    private Optional<Operand> extreme(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (arguments.size() != 2) {
            mistakes.add(new Mistake(
                    "FS456", call.at() + 1, "'" + call.function() + "' takes two values, not " + arguments.size()));
            return Optional.empty();
        }
        Joint joint = call.function().equals("min") ? StrictMath::min : StrictMath::max;
        return alike(call, arguments.get(0), arguments.get(1), "compared", joint);
    }
}
