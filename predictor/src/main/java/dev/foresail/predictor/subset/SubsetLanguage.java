package dev.foresail.predictor.subset;

import dev.foresail.predictor.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads which subset is wanted:
 *
 * <pre>{@code
 * choose 4 senders: maximize sum(bandwidth) - 0.5 * sum(delay) subject to sum(cost) <= 10, at most 2 per isp
 * }</pre>
 *
 * {@code maximize} or {@code minimize} a sum of figures; {@code subject to} a list of sums that are {@code <=}, {@code >=} or {@code =} a
 * number, and of {@code at most N per TRAIT}. The word after the number says what is chosen; it is for readers, and may be left out. Immutable.
 */
public final class SubsetLanguage {
    private final int choose;
    private final String what;
    private final SortedMap<String, Double> objective;
    private final List<Constraint> constraints;

    private SubsetLanguage(int choose, String what, SortedMap<String, Double> objective, List<Constraint> constraints) {
        this.choose = choose;
        this.what = what;
        this.objective = objective;
        this.constraints = List.copyOf(constraints);
    }

    /** One constraint: of sums of figures, or (when it has a trait) of how many may share one. */
    private record Constraint(
            String text, SortedMap<String, Double> weights, String sign, double limit, String trait) {}

    /**
     * Reads a wish.
     *
     * @param figures the names of what candidates have as numbers
     * @param traits the names of what they have as words
     * @throws SubsetSyntaxException FS371 when it cannot be understood, or names what is not known
     */
    public static SubsetLanguage parse(String text, List<String> figures, List<String> traits) {
        Tokens tokens = new Tokens(text, SubsetSyntaxException::new);
        tokens.expect("choose");
        int choose = tokens.count("how many to choose", SubsetProblem.MOST_CANDIDATES);
        String what = tokens.isNext(":") ? "" : tokens.word("what is chosen");
        tokens.expect(":");
        boolean isMaximum = tokens.accept("maximize");
        if (!isMaximum) {
            tokens.expect("minimize");
        }
        SortedMap<String, Double> objective = sum(tokens, figures);
        objective.replaceAll((name, weight) -> isMaximum ? weight : -weight);
        List<Constraint> constraints = new ArrayList<>();
        if (tokens.accept("subject")) {
            tokens.expect("to");
            do {
                constraints.add(constraint(tokens, figures, traits));
            } while (tokens.accept(","));
        }
        if (!tokens.isAtEnd()) {
            throw tokens.failure(tokens.start(), "the end, 'subject to' or ',' was expected before what stands here");
        }
        return new SubsetLanguage(choose, what, objective, constraints);
    }

    private static Constraint constraint(Tokens tokens, List<String> figures, List<String> traits) {
        int start = tokens.start();
        if (tokens.accept("at")) {
            tokens.expect("most");
            int most = tokens.count("how many", SubsetProblem.MOST_CANDIDATES);
            tokens.expect("per");
            String trait = tokens.name("a trait", traits);
            return new Constraint(tokens.since(start), new TreeMap<>(), "<=", most, trait);
        }
        SortedMap<String, Double> weights = sum(tokens, figures);
        String sign = tokens.accept("<=") ? "<=" : tokens.accept(">=") ? ">=" : "=";
        if (sign.equals("=")) {
            tokens.expect("=");
        }
        double factor = tokens.accept("-") ? -1 : 1;
        double limit = factor * tokens.number("a number");
        return new Constraint(tokens.since(start), weights, sign, limit, "");
    }

    private static SortedMap<String, Double> sum(Tokens tokens, List<String> figures) {
        SortedMap<String, Double> weights = new TreeMap<>();
        double factor = tokens.accept("-") ? -1 : 1;
        while (true) {
            if (tokens.isNumber()) {
                factor *= tokens.number("a number");
                tokens.expect("*");
            }
            tokens.expect("sum");
            tokens.expect("(");
            weights.merge(tokens.name("a figure", figures), factor, Double::sum);
            tokens.expect(")");
            if (tokens.accept("+")) {
                factor = 1;
            } else if (tokens.accept("-")) {
                factor = -1;
            } else {
                return weights;
            }
        }
    }

    /** How many to choose. */
    public int choose() {
        return choose;
    }

    /** What is chosen, as it was written; may be empty. */
    public String what() {
        return what;
    }

    /**
     * What is wanted of certain candidates. Values of the problem are negated figures when a sum is to be small.
     *
     * @param figures of each name that was known when the wish was read: one number per candidate
     * @param traits of each name: one word per candidate
     * @throws IllegalArgumentException when there are too few candidates, or a figure is not finite
     */
    public SubsetProblem of(int candidates, Map<String, List<Double>> figures, Map<String, List<String>> traits) {
        return of(choose, candidates, figures, traits);
    }

    /**
     * As {@link #of(int, Map, Map)}, but so many are to be chosen, whatever the wish says.
     *
     * @param count from 0 to the number of candidates
     */
    public SubsetProblem of(
            int count, int candidates, Map<String, List<Double>> figures, Map<String, List<String>> traits) {
        SubsetProblem problem = SubsetProblem.choose(count, weighted(candidates, objective, figures));
        for (Constraint constraint : constraints) {
            if (!constraint.trait().isEmpty()) {
                int[] groups = groups(traits.getOrDefault(constraint.trait(), List.of()));
                problem = problem.atMostPerGroup(constraint.text(), (int) constraint.limit(), groups);
                continue;
            }
            double[] weights = weighted(candidates, constraint.weights(), figures);
            if (!constraint.sign().equals(">=")) {
                problem = problem.atMost(constraint.text(), constraint.limit(), weights);
            }
            if (!constraint.sign().equals("<=")) {
                problem = problem.atLeast(constraint.text(), constraint.limit(), weights);
            }
        }
        return problem;
    }

    private static double[] weighted(
            int candidates, SortedMap<String, Double> weights, Map<String, List<Double>> figures) {
        double[] sums = new double[candidates];
        weights.forEach((name, weight) -> {
            List<Double> values = figures.getOrDefault(name, List.of());
            if (values.size() != candidates) {
                throw new IllegalArgumentException(
                        "the figure " + name + " has " + values.size() + " values for " + candidates + " candidates");
            }
            Arrays.setAll(sums, i -> sums[i] + weight * values.get(i));
        });
        return sums;
    }

    private static int[] groups(List<String> words) {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        words.forEach(word -> numbers.putIfAbsent(word, numbers.size()));
        return words.stream().mapToInt(numbers::get).toArray();
    }
}
