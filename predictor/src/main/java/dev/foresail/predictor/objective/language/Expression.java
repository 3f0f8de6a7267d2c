package dev.foresail.predictor.objective.language;

import java.util.List;
import java.util.stream.Collectors;

/** An expression as it was written. Immutable. */
public sealed interface Expression {
    /** Where it begins in its text, from 0. */
    int at();

    /** The same in words that {@link ExpressionParser} understands, with no more parentheses than are needed. */
    default String text() {
        return ExpressionText.of(this);
    }

    /**
     * A number, perhaps with a unit.
     *
     * @param value in the unit of the dimension
     * @param written as it stands there
     */
    record Constant(double value, Dimension dimension, String written, int at) implements Expression {}

    /** A metric, an aggregate, a property or {@code candidate}. */
    record Name(String name, int at) implements Expression {}

    /** A function of something. */
    record Call(String function, List<Expression> arguments, int at) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** What is to be taken away. */
    record Negated(Expression operand, int at) implements Expression {}

    /**
     * Two operands.
     *
     * @param at where the operator stands
     */
    record Binary(char operator, Expression left, Expression right, int at) implements Expression {}

    /**
     * A value at a point of the horizon.
     *
     * @param at where {@code at} stands
     */
    record AtTime(Expression operand, Constant time, int at) implements Expression {}

    /**
     * A constraint that a property hold within a time.
     *
     * @param at where {@code within} stands
     */
    record Within(Expression operand, Constant time, int at) implements Expression {}

    /**
     * A constraint.
     *
     * @param sign {@code <}, {@code <=}, {@code >} or {@code >=}
     * @param at where the sign stands
     */
    record Comparison(String sign, Expression left, Expression right, int at) implements Expression {
        /** Whether the left side has to be the smaller one. */
        public boolean isUpperLimit() {
            return sign.startsWith("<");
        }

        /** Whether equal is not enough. */
        public boolean isStrict() {
            return sign.length() == 1;
        }
    }

    /** Arguments as they are written. */
    static String list(List<Expression> arguments) {
        return arguments.stream().map(Expression::text).collect(Collectors.joining(", "));
    }
}
