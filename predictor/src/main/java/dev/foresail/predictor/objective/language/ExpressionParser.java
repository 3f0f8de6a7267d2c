package dev.foresail.predictor.objective.language;

import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.text.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads expressions such as {@code p95(latency) - 0.2 * saved at 2s}. Used for one text.
 *
 * <p>The grammar: sums of products of operands; an operand is a number with or without a unit, a name, a function of operands, or something in
 * parentheses, and may have {@code at TIME} behind it. A constraint is two sums with {@code <}, {@code <=}, {@code >} or {@code >=} between
 * them, or {@code holds(PROPERTY)} or {@code live(PROPERTY) within TIME}. Names are told apart later, where a protocol is known.
 */
public final class ExpressionParser {
    /** Deeper or longer ones would use up the stack of whoever evaluates them; no operator's wish has so many parts. */
    private static final int MOST_DEPTH = 64;

    private static final int MOST_PARTS = 500;

    private final Tokens tokens;
    private int depth;
    private int parts;

    private ExpressionParser(String text) {
        tokens = new Tokens(text, ExpressionSyntaxException::new);
    }

    /**
     * Reads what is to be made small or large.
     *
     * @throws ExpressionSyntaxException FS454 when it cannot be understood
     */
    public static Expression value(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Expression value = parser.sum();
        if (parser.isSign()) {
            throw parser.failure("a comparison where a value was expected; constraints stand behind 'subject to:'");
        }
        parser.end();
        return value;
    }

    /**
     * Reads what has to be so.
     *
     * @throws ExpressionSyntaxException FS454 when it cannot be understood, or is nothing that can be met or missed
     */
    public static Expression constraint(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Expression left = parser.sum();
        if (parser.isSign()) {
            int at = parser.tokens.start();
            String sign = parser.sign();
            Expression right = parser.sum();
            parser.end();
            return new Expression.Comparison(sign, left, right, at);
        }
        if (parser.tokens.isNext("within")) {
            int at = parser.tokens.start();
            parser.tokens.expect("within");
            Expression.Constant time = parser.time();
            parser.end();
            return new Expression.Within(left, time, at);
        }
        parser.end();
        if (isQuestion(left)) {
            return left;
        }
        throw parser.failure("a constraint compares: '<', '<=', '>' or '>=' and a limit were expected");
    }

    private static boolean isQuestion(Expression expression) {
        Expression asked = expression instanceof Expression.AtTime timed ? timed.operand() : expression;
        return asked instanceof Expression.Call call
                && (call.function().equals("holds") || call.function().equals("live"));
    }

    private boolean isSign() {
        return tokens.isNext("<") || tokens.isNext("<=") || tokens.isNext(">") || tokens.isNext(">=");
    }

    private String sign() {
        for (String sign : List.of("<", "<=", ">")) {
            if (tokens.accept(sign)) {
                return sign;
            }
        }
        tokens.expect(">=");
        return ">=";
    }

    private void end() {
        if (!tokens.isAtEnd()) {
            throw failure(tokens.found() + " where the end or an operator was expected");
        }
    }

    private RuntimeException failure(String problem) {
        return tokens.failure(tokens.start(), problem);
    }

    private Expression sum() {
        Expression sum = product();
        while (tokens.isNext("+") || tokens.isNext("-")) {
            int at = tokens.start();
            char operator = tokens.accept("+") ? '+' : '-';
            if (operator == '-') {
                tokens.expect("-");
            }
            sum = counted(new Expression.Binary(operator, sum, product(), at));
        }
        return sum;
    }

    private Expression product() {
        Expression product = signed();
        while (tokens.isNext("*") || tokens.isNext("/")) {
            int at = tokens.start();
            char operator = tokens.accept("*") ? '*' : '/';
            if (operator == '/') {
                tokens.expect("/");
            }
            product = counted(new Expression.Binary(operator, product, signed(), at));
        }
        return product;
    }

    private Expression signed() {
        int at = tokens.start();
        if (!tokens.accept("-")) {
            return timed();
        }
        deeper();
        Expression negated = counted(new Expression.Negated(signed(), at));
        depth--;
        return negated;
    }

    private Expression timed() {
        Expression operand = operand();
        int at = tokens.start();
        return tokens.accept("at") ? counted(new Expression.AtTime(operand, time(), at)) : operand;
    }

    private Expression.Constant time() {
        int at = tokens.start();
        if (tokens.isNumber()) {
            Expression.Constant time = constant();
            if (time.dimension() == Dimension.DURATION) {
                return time;
            }
        }
        throw tokens.failure(at, "a duration such as 2s was expected here");
    }

    private Expression operand() {
        int at = tokens.start();
        if (tokens.isNumber()) {
            return counted(constant());
        }
        if (tokens.accept("(")) {
            deeper();
            Expression inner = sum();
            tokens.expect(")");
            depth--;
            return inner;
        }
        String name = tokens.word("a number, a name or '('");
        return tokens.accept("(")
                ? counted(new Expression.Call(name, arguments(), at))
                : counted(new Expression.Name(name, at));
    }

    private List<Expression> arguments() {
        deeper();
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (tokens.accept(","));
        tokens.expect(")");
        depth--;
        return arguments;
    }

    private Expression.Constant constant() {
        int at = tokens.start();
        double number = tokens.number("a number");
        Measure measure = new Measure(Dimension.NUMBER, 1);
        if (tokens.isAdjacent() && (tokens.isWord() || tokens.isNext("%"))) {
            int unitAt = tokens.start();
            String unit = tokens.isNext("%") ? "%" : tokens.word("a unit");
            if (unit.equals("%")) {
                tokens.expect("%");
            }
            measure = Measure.of(unit)
                    .orElseThrow(() -> tokens.failure(
                            unitAt, "'" + unit + "' where a unit was expected" + Nearest.hint(unit, Measure.names())));
        }
        double value = number * measure.factor();
        if (Double.isInfinite(value)) {
            throw tokens.failure(at, "too large a number");
        }
        return new Expression.Constant(value, measure.dimension(), tokens.since(at), at);
    }

    private void deeper() {
        depth++;
        if (depth > MOST_DEPTH) {
            throw failure("nested deeper than " + MOST_DEPTH + " levels");
        }
    }

    private <E extends Expression> E counted(E expression) {
        parts++;
        if (parts > MOST_PARTS) {
            throw failure("an expression has at most " + MOST_PARTS + " parts");
        }
        return expression;
    }
}
