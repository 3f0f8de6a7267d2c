package dev.foresail.predictor.objective.language;

/** Writes expressions. Pure functions. */
final class ExpressionText {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int NEGATED = 3;
    private static final int PRIMARY = 4;

    private ExpressionText() {}

    static String of(Expression expression) {
        if (expression instanceof Expression.Constant constant) {
            return constant.written();
        } else if (expression instanceof Expression.Name name) {
            return name.name();
        } else if (expression instanceof Expression.Call call) {
            return call.function() + "(" + Expression.list(call.arguments()) + ")";
        } else if (expression instanceof Expression.Negated negated) {
            return "-" + bound(negated.operand(), NEGATED);
        } else if (expression instanceof Expression.Binary binary) {
            String right = bound(binary.right(), strength(binary) + 1);
            return bound(binary.left(), strength(binary)) + " " + binary.operator() + " " + right;
        } else if (expression instanceof Expression.AtTime timed) {
            return bound(timed.operand(), PRIMARY) + " at " + timed.time().written();
        } else if (expression instanceof Expression.Within within) {
            return bound(within.operand(), PRIMARY) + " within " + within.time().written();
        }
        Expression.Comparison compared = (Expression.Comparison) expression;
        return of(compared.left()) + " " + compared.sign() + " " + of(compared.right());
    }

    private static String bound(Expression expression, int least) {
        String text = of(expression);
        return strength(expression) < least ? "(" + text + ")" : text;
    }

    private static int strength(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            return binary.operator() == '+' || binary.operator() == '-' ? SUM : PRODUCT;
        } else if (expression instanceof Expression.Comparison) {
            return 0;
        }
        boolean isPrimary = expression instanceof Expression.Constant
                || expression instanceof Expression.Name
                || expression instanceof Expression.Call;
        return isPrimary ? PRIMARY : NEGATED;
    }
}
