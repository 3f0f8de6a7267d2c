package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.objective.language.ExpressionParser;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random expressions mean what a plain interpreter says that they do. In each roll-out one desk has filed and kept so many letters. */
class ExpressionMeaningTest {
    private static final DeskMachine MACHINE = new DeskMachine();
    private static final int ROUNDS = 400;
    private static final int FUTURES = 7;

    private final RandomStream random = RandomStream.of(11, "expressions");

    /** One over all futures where {@code isFolded}, else one of one future. */
    private String expression(int depth, boolean isFolded) {
        int kind = random.nextInt(depth == 0 ? 3 : 9);
        return switch (kind) {
            case 0 -> Integer.toString(random.nextInt(9)) + (random.nextBoolean() ? "" : ".5");
            case 1 ->
                isFolded
                        ? "p" + (1 + random.nextInt(99)) + "(" + expression(depth, false) + " + filedHere)"
                        : "filedHere";
            case 2 -> isFolded ? "mean(unevenness)" : "unevenness";
            case 3 -> expression(depth - 1, isFolded) + " + " + expression(depth - 1, isFolded);
            case 4 -> expression(depth - 1, isFolded) + " - (" + expression(depth - 1, isFolded) + ")";
            case 5 -> "(" + expression(depth - 1, isFolded) + ") * (" + expression(depth - 1, isFolded) + ")";
            case 6 -> "abs(" + expression(depth - 1, isFolded) + ")";
            case 7 -> "-(" + expression(depth - 1, isFolded) + ")";
            default -> "max(" + expression(depth - 1, isFolded) + ", " + expression(depth - 1, isFolded) + ")";
        };
    }

    @Test
    void compiledExpressionsAreWorthWhatAPlainInterpreterSays() {
        int told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean isFolded = random.nextBoolean();
            String text = expression(3, isFolded) + " + " + (isFolded ? "p50(filedHere)" : "filedHere");
            Expression read = ExpressionParser.value(text);
            BoundObjective<Desk> bound = new BoundObjective<>(
                    MACHINE, new Objective(List.of(new Formula(Wanted.MINIMIZE, read)), Duration.ofSeconds(1)));
            List<double[]> futures = new ArrayList<>();
            List<double[]> rows = new ArrayList<>();
            for (int future = 0; future < FUTURES; future++) {
                int filed = random.nextInt(10);
                int kept = random.nextInt(5);
                futures.add(new double[] {filed, (double) kept * kept});
                rows.add(bound.begin(new double[0]).end(view(filed, kept), 0));
            }
            double expected = isFolded ? folded(read, futures) : mean(read, futures);
            double cost = bound.costs(rows)[1];
            assertEquals(expected, cost, 1e-9 * Math.max(1, Math.abs(expected)), text);
            told += expected == 0 ? 0 : 1;
        }
        assertEquals(true, told > ROUNDS / 2, "not all are trivial");
    }

    private static PictureView<Desk> view(int filed, int kept) {
        Desk desk = Desk.keeping(kept);
        for (long letter = 0; letter < filed; letter++) {
            desk.filed().add(letter);
        }
        return new PictureView<>(MACHINE, new TreeMap<>(Map.of(NodeId.of(1), new Picture<>(desk, Map.of(), 0))), false);
    }

    private static double mean(Expression expression, List<double[]> futures) {
        return futures.stream()
                .mapToDouble(future -> single(expression, future))
                .average()
                .orElseThrow();
    }

    private static double single(Expression expression, double[] future) {
        if (expression instanceof Expression.Name name) {
            return name.name().equals("filedHere") ? future[0] : future[1];
        } else if (expression instanceof Expression.Constant constant) {
            return constant.value();
        }
        return combined(expression, inner -> single(inner, future));
    }

    private static double folded(Expression expression, List<double[]> futures) {
        if (expression instanceof Expression.Constant constant) {
            return constant.value();
        }
        if (expression instanceof Expression.Call call && call.function().equals("mean")) {
            return mean(call.arguments().get(0), futures);
        }
        if (expression instanceof Expression.Call call && call.function().startsWith("p")) {
            double[] sorted = futures.stream()
                    .mapToDouble(future -> single(call.arguments().get(0), future))
                    .sorted()
                    .toArray();
            int percent = Integer.parseInt(call.function().substring(1));
            return Arrays.stream(sorted)
                    .skip((long) Math.ceil(percent / 100.0 * FUTURES) - 1)
                    .findFirst()
                    .orElseThrow();
        }
        return combined(expression, inner -> folded(inner, futures));
    }

    private interface Meaning {
        double of(Expression expression);
    }

    private static double combined(Expression expression, Meaning meaning) {
        if (expression instanceof Expression.Negated negated) {
            return -meaning.of(negated.operand());
        } else if (expression instanceof Expression.Call call) {
            double first = meaning.of(call.arguments().get(0));
            return call.function().equals("abs")
                    ? Math.abs(first)
                    : Math.max(first, meaning.of(call.arguments().get(1)));
        }
        Expression.Binary binary = (Expression.Binary) expression;
        double left = meaning.of(binary.left());
        double right = meaning.of(binary.right());
        return switch (binary.operator()) {
            case '+' -> left + right;
            case '-' -> left - right;
            default -> left * right;
        };
    }
}
