package dev.foresail.predictor.objective;

import dev.foresail.predictor.objective.BoundGoal.Fold;
import dev.foresail.predictor.objective.BoundGoal.Limit;
import dev.foresail.predictor.objective.Operand.Level;
import dev.foresail.predictor.objective.language.Dimension;
import dev.foresail.predictor.objective.language.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles one goal: checks names and units, and makes closures of what is left. What stands outside of means and percentiles counts with its mean over
 * the roll-outs.
 */
final class GoalCompiler<S> {
    private final Leaves<S> leaves;
    private final Mistakes mistakes;
    private final List<Compiled> columns;
    private final List<Fold> folds = new ArrayList<>();

    /** @param columns of the rows of roll-outs; those of this goal are added */
    GoalCompiler(Leaves<S> leaves, Mistakes mistakes, List<Compiled> columns) {
        this.leaves = leaves;
        this.mistakes = mistakes;
        this.columns = columns;
    }

    /** Empty when there are mistakes. */
    Optional<BoundGoal> compile(Objective.Formula formula) {
        Expression expression = formula.expression();
        String text = formula.wanted().label() + ": " + expression.text();
        return switch (formula.wanted()) {
            case MINIMIZE -> varying(expression).map(operand -> goal(text, operand, Limit.NONE));
            case MAXIMIZE -> varying(expression).map(operand -> goal(text, operand.negated(), Limit.NONE));
            case SUBJECT_TO ->
                gap(expression)
                        .map(operand ->
                                goal(expression.text(), operand, isStrict(expression) ? Limit.STRICT : Limit.LOOSE));
        };
    }

    private static boolean isStrict(Expression expression) {
        return expression instanceof Expression.Comparison compared && compared.isStrict();
    }

    private BoundGoal goal(String text, Operand operand, Limit limit) {
        Compiled combined = folded(operand).compiled();
        return new BoundGoal(text, folds, combined, operand.level() != Level.FOLDED, limit);
    }

    private Optional<Operand> varying(Expression expression) {
        Optional<Operand> operand = operand(expression, leaves.horizonNanos());
        if (operand.isPresent() && operand.get().isConstant()) {
            mistakes.add(expression, Mistakes.MISUSE, "'" + expression.text() + "' is the same for every alternative");
            return Optional.empty();
        }
        return operand;
    }

    /** How far a constraint is missed; negative where it is met. */
    private Optional<Operand> gap(Expression expression) {
        if (expression instanceof Expression.Comparison compared) {
            return gapOf(compared);
        }
        if (expression instanceof Expression.Within within) {
            return outage(within.operand(), Optional.of(within));
        }
        Expression asked = expression instanceof Expression.AtTime timed ? timed.operand() : expression;
        if (!(asked instanceof Expression.Call call) || !call.function().equals("holds")) {
            return outage(expression, Optional.empty());
        }
        if (!(expression instanceof Expression.AtTime timed)) {
            return leaves.violated(call, leaves.horizonNanos());
        }
        return leaves.inTime(timed.time()) ? leaves.violated(call, leaves.nanos(timed.time())) : Optional.empty();
    }

    private Optional<Operand> gapOf(Expression.Comparison compared) {
        Expression small = compared.isUpperLimit() ? compared.left() : compared.right();
        Expression large = compared.isUpperLimit() ? compared.right() : compared.left();
        Optional<Operand> left = operand(small, leaves.horizonNanos());
        Optional<Operand> right = operand(large, leaves.horizonNanos());
        if (left.isEmpty()
                || right.isEmpty()
                || !isAlike(compared, "compared", small, left.get(), large, right.get())) {
            return Optional.empty();
        }
        if (left.get().isConstant() && right.get().isConstant()) {
            mistakes.add(compared, Mistakes.MISUSE, "'" + compared.text() + "' is the same for every alternative");
            return Optional.empty();
        }
        return Optional.of(linear(left.get(), right.get(), -1));
    }

    private Optional<Operand> outage(Expression asked, Optional<Expression.Within> within) {
        if (asked instanceof Expression.Call call && call.function().equals("live")) {
            return leaves.outageBeyond(call, within);
        }
        mistakes.add(asked, Mistakes.MISUSE, "only 'live(PROPERTY)' can be asked for within a time or alone");
        return Optional.empty();
    }

    private Optional<Operand> operand(Expression expression, long atNanos) {
        if (expression instanceof Expression.Constant constant) {
            return Optional.of(Operand.constant(constant.dimension(), constant.value()));
        } else if (expression instanceof Expression.Name name) {
            return leaves.named(name, atNanos);
        } else if (expression instanceof Expression.Negated negated) {
            return operand(negated.operand(), atNanos).map(Operand::negated);
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary, atNanos);
        } else if (expression instanceof Expression.AtTime timed) {
            return leaves.inTime(timed.time())
                    ? operand(timed.operand(), leaves.nanos(timed.time()))
                    : Optional.empty();
        } else if (expression instanceof Expression.Call call) {
            return call(call, atNanos);
        }
        throw new IllegalStateException("no value: " + expression.text());
    }

    private Optional<Operand> binary(Expression.Binary binary, long atNanos) {
        Optional<Operand> left = operand(binary.left(), atNanos);
        Optional<Operand> right = operand(binary.right(), atNanos);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        if (binary.operator() == '+' || binary.operator() == '-') {
            String words = binary.operator() == '+' ? "added" : "subtracted";
            return isAlike(binary, words, binary.left(), left.get(), binary.right(), right.get())
                    ? Optional.of(linear(left.get(), right.get(), binary.operator() == '+' ? 1 : -1))
                    : Optional.empty();
        }
        return scaled(binary, left.get(), right.get());
    }

    private boolean isAlike(
            Expression at, String words, Expression left, Operand leftIs, Expression right, Operand rightIs) {
        if (leftIs.dimension() == rightIs.dimension()) {
            return true;
        }
        mistakes.add(
                at,
                Mistakes.UNITS,
                "'" + left.text() + "' is " + leftIs.dimension().words() + " and '" + right.text() + "' is "
                        + rightIs.dimension().words() + ": only what is of one kind can be " + words);
        return false;
    }

    private Operand linear(Operand left, Operand right, int sign) {
        Level level = level(left, right, true);
        Compiled first = at(level, left).compiled();
        Compiled second = at(level, right).compiled();
        return new Operand(
                left.dimension(),
                level,
                sign > 0
                        ? values -> first.of(values) + second.of(values)
                        : values -> first.of(values) - second.of(values));
    }

    private Optional<Operand> scaled(Expression.Binary binary, Operand left, Operand right) {
        boolean isProduct = binary.operator() == '*';
        Optional<Dimension.Scaled> result = isProduct
                ? left.dimension().times(right.dimension())
                : left.dimension().over(right.dimension());
        if (result.isEmpty()) {
            mistakes.add(
                    binary,
                    Mistakes.UNITS,
                    "'" + binary.left().text() + "' is " + left.dimension().words() + " and '"
                            + binary.right().text() + "' is "
                            + right.dimension().words()
                            + ": they cannot be " + (isProduct ? "multiplied" : "divided"));
            return Optional.empty();
        }
        boolean isLinear = right.isConstant() || isProduct && left.isConstant();
        Level level = level(left, right, isLinear);
        Compiled first = at(level, left).compiled();
        Compiled second = at(level, right).compiled();
        double factor = result.get().factor();
        return Optional.of(new Operand(
                result.get().dimension(),
                level,
                isProduct
                        ? values -> factor * (first.of(values) * second.of(values))
                        : values -> factor * (first.of(values) / second.of(values))));
    }

    private static Level level(Operand left, Operand right, boolean isLinear) {
        Level higher = left.level().compareTo(right.level()) > 0 ? left.level() : right.level();
        return higher == Level.MEAN && !isLinear ? Level.FOLDED : higher;
    }

    private Operand at(Level level, Operand operand) {
        return level == Level.FOLDED ? folded(operand) : operand;
    }

    /** What does not depend on all roll-outs yet counts with its mean. */
    private Operand folded(Operand operand) {
        return operand.level() == Level.FOLDED || operand.isConstant() ? operand : fold(operand, 0);
    }

    private Operand fold(Operand operand, int percent) {
        columns.add(operand.compiled());
        folds.add(new Fold(columns.size(), percent));
        int place = folds.size() - 1;
        return new Operand(operand.dimension(), Level.FOLDED, folded -> folded[place]);
    }

    private Optional<Operand> call(Expression.Call call, long atNanos) {
        if (leaves.isOverNodes(call)) {
            return leaves.overNodes(call, atNanos);
        }
        Functions.Kind kind = Functions.kind(call.function(), leaves.linkFigures());
        if (!Functions.isUsable(kind, call, leaves, mistakes)) {
            return Optional.empty();
        }
        return switch (kind) {
            case MEAN, PERCENTILE -> overFutures(call, kind, atNanos);
            case EXTREME -> extreme(call, atNanos);
            case ABSOLUTE -> operand(call.arguments().get(0), atNanos).map(this::absolute);
            case LINK -> leaves.link(call);
            case TIME -> leaves.timeOf(call);
            default -> Optional.empty();
        };
    }

    private Optional<Operand> overFutures(Expression.Call call, Functions.Kind kind, long atNanos) {
        Optional<Operand> operand = operand(call.arguments().get(0), atNanos);
        if (operand.isEmpty()) {
            return operand;
        }
        if (operand.get().level() != Level.FUTURE) {
            mistakes.add(
                    call,
                    Mistakes.MISUSE,
                    "'" + call.arguments().get(0).text() + "' is one number for all futures, and has no "
                            + (kind == Functions.Kind.MEAN ? "mean" : "percentiles"));
            return Optional.empty();
        }
        return operand.map(future -> kind == Functions.Kind.MEAN
                ? new Operand(future.dimension(), Level.MEAN, future.compiled())
                : fold(future, Functions.percent(call.function())));
    }

    private Optional<Operand> extreme(Expression.Call call, long atNanos) {
        boolean isLeast = call.function().equals("min");
        Optional<Operand> extreme = operand(call.arguments().get(0), atNanos);
        for (int index = 1; index < call.arguments().size(); index++) {
            Optional<Operand> next = operand(call.arguments().get(index), atNanos);
            if (extreme.isEmpty() || next.isEmpty()) {
                extreme = Optional.empty();
            } else if (isAlike(
                    call.arguments().get(index),
                    "compared",
                    call.arguments().get(0),
                    extreme.get(),
                    call.arguments().get(index),
                    next.get())) {
                extreme = Optional.of(extreme(extreme.get(), next.get(), isLeast));
            } else {
                extreme = Optional.empty();
            }
        }
        return extreme;
    }

    private Operand extreme(Operand left, Operand right, boolean isLeast) {
        Level level = level(left, right, false);
        Compiled first = at(level, left).compiled();
        Compiled second = at(level, right).compiled();
        return new Operand(
                left.dimension(),
                level,
                isLeast
                        ? values -> Math.min(first.of(values), second.of(values))
                        : values -> Math.max(first.of(values), second.of(values)));
    }

    private Operand absolute(Operand operand) {
        Operand inner = operand.level() == Level.MEAN ? folded(operand) : operand;
        Compiled compiled = inner.compiled();
        return new Operand(inner.dimension(), inner.level(), values -> Math.abs(compiled.of(values)));
    }
}
